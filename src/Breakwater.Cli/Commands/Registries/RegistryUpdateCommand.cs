using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry update</c></summary>
internal sealed class RegistryUpdateCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly RegistrySettings settings = new();
    private readonly Option<bool> yes = YesOption.Create();

    public RegistryUpdateCommand()
        : base("update", "Change a registry. What is not named stays as it is.")
    {
        registry.AddTo(this);
        settings.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!settings.AnyIn(call))
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Name a setting, such as --admin-enabled true.");
        var (id, change) = (await call.RegistryIdAsync(registry), settings.Read(call));
        return Answer.Item(await ConfirmedUpdate.RunAsync(call, id, change, yes), RegistryColumns.Item);
    }
}
