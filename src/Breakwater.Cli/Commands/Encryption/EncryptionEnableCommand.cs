using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption enable</c></summary>
internal sealed class EncryptionEnableCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string> key = new("--key-encryption-key") { Description = "The key's identifier; without a version the registry follows the newest.", HelpName = "KEY", Required = true };

    public EncryptionEnableCommand()
        : base("enable", "Put a registry under a key of yours, or under another one. Content is not rewritten, and stays readable all the time.")
    {
        registry.AddTo(this);
        Add(key);
    }

    public override Task<Answer> RunAsync(Invocation call) =>
        EncryptionAnswer.ChangeAsync(call, registry, new RegistryEncryption { Status = "enabled", KeyVaultProperties = new RegistryKey { KeyIdentifier = call.Value(key) } });
}
