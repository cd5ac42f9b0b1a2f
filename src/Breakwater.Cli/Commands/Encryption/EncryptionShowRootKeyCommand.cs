using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption show-root-key</c></summary>
internal sealed class EncryptionShowRootKeyCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public EncryptionShowRootKeyCommand()
        : base("show-root-key", "Show how far the last exchange of a registry's root key is.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).GetRootKeyRotationAsync(call.Stop), RootKeyColumns.All);
}
