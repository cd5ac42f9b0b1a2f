using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary>What the commands about a registry's key have in common.</summary>
internal static class EncryptionAnswer
{
    private static readonly Column[] Columns =
    [
        new("Status", "status"), new("Key", "keyVaultProperties.keyIdentifier"), new("Wrapped by", "keyVaultProperties.versionedKeyIdentifier"),
        new("Follows versions", "keyVaultProperties.keyRotationEnabled", Cells.YesNo), new("Last rotation", "keyVaultProperties.lastKeyRotationTimestamp"), new("Identity", "keyVaultProperties.identity"),
    ];

    public static Answer Of(ArmResource<RegistryProperties> registry) => Answer.Item(registry.Properties!.Encryption!, Columns);

    /// <summary>Changes the registry's key, and shows it.</summary>
    public static async Task<Answer> ChangeAsync(Invocation call, RegistryOptions registry, RegistryEncryption encryption)
    {
        var (id, change) = (await call.RegistryIdAsync(registry), new RegistryChange { Properties = new RegistryProperties { Encryption = encryption } });
        return Of(await call.WaitAsync($"Wrapping the keys of {id.Name}…", () => call.Connection.Management.Registries.UpdateAsync(id, change, call.Stop)));
    }
}
