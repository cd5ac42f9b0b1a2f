using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption rotate-key</c></summary>
internal sealed class EncryptionRotateKeyCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string?> key = new("--key-encryption-key") { Description = "Another key or version. Default: the newest version of the one that the registry is under.", HelpName = "KEY" };

    public EncryptionRotateKeyCommand()
        : base("rotate-key", "Wrap a registry's keys by the newest version of its key now, or by another one.")
    {
        registry.AddTo(this);
        Add(key);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var current = await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop);
        if (current.Properties?.Encryption?.KeyVaultProperties?.KeyIdentifier is not { } identifier)
            throw new BreakwaterException(ErrorKind.Invalid, "The registry is under no key of yours.", "Use breakwater encryption enable first.");
        var change = new RegistryEncryption { Status = "enabled", KeyVaultProperties = new RegistryKey { KeyIdentifier = call.Value(key) ?? identifier } };
        return await EncryptionAnswer.ChangeAsync(call, registry, change);
    }
}
