using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary><c>breakwater config retention show</c></summary>
internal sealed class RetentionShowCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public RetentionShowCommand()
        : base("show", "Show whether manifests without a tag are deleted, and when.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        RegistryPolicy.Retention.Show(await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop));
}
