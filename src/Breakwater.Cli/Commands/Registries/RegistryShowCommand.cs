using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry show</c></summary>
internal sealed class RegistryShowCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public RegistryShowCommand()
        : base("show", "Show a registry.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop), RegistryColumns.Item);
}
