using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary><c>breakwater config soft-delete show</c></summary>
internal sealed class SoftDeleteShowCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public SoftDeleteShowCommand()
        : base("show", "Show whether what is deleted can be restored, and for how long.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        RegistryPolicy.SoftDelete.Show(await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop));
}
