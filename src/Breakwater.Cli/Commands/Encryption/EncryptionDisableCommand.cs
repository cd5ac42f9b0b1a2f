using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption disable</c></summary>
internal sealed class EncryptionDisableCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<bool> yes = YesOption.Create();

    public EncryptionDisableCommand()
        : base("disable", "Put a registry back under the service's own key. It stays encrypted; you can no longer close it by your key.")
    {
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var id = await call.RegistryIdAsync(registry);
        call.Confirm($"Put {id.Name} under the key of the server's operator?", yes);
        return await EncryptionAnswer.ChangeAsync(call, registry, new RegistryEncryption { Status = "disabled" });
    }
}
