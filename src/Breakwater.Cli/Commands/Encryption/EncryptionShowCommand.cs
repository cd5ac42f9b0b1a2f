using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption show</c></summary>
internal sealed class EncryptionShowCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public EncryptionShowCommand()
        : base("show", "Show which key of yours a registry is under.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        EncryptionAnswer.Of(await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop));
}
