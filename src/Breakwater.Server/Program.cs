using Breakwater.Core.Keys;
using Breakwater.Keys.AzureKeyVault;
using Breakwater.Keys.Pkcs11;
using Breakwater.Keys.Vault;
using Breakwater.Server.Commands;
using Breakwater.Server.Configuration;

// The one place that names the projects of key stores.
var keyStores = new KeyStoreTypes
{
    [Pkcs11KeyProvider.Type] = Pkcs11KeyProvider.Open,
    [VaultKeyProvider.Type] = VaultKeyProvider.Open,
    [AzureKeyProvider.Type] = AzureKeyProvider.Open,
};
var commands = new ServerCommands(
    Serve: (settings, stop) => ServeCommand.RunAsync(settings, keyStores, stop),
    CollectGarbage: (settings, dryRun, stop) =>
        CommandDispatch.RunAsync(settings, keyStores, dryRun ? "/gc?dry-run=true" : "/gc", c => c.CleanUpAsync(dryRun, stop), stop),
    Verify: (settings, deep, stop) =>
        CommandDispatch.RunAsync(settings, keyStores, deep ? "/verify?deep=true" : "/verify", c => c.VerifyAsync(deep, stop), stop),
    Backup: (settings, target, stop) =>
        CommandDispatch.RunAsync(settings, keyStores, "/backup?target=" + Uri.EscapeDataString(target), c => c.BackupAsync(target, stop), stop),
    Restore: (settings, source, stop) => CommandDispatch.RestoreAsync(settings, keyStores, source, stop),
    OpenNetwork: (settings, registry, stop) =>
        CommandDispatch.RunAsync(settings, keyStores, "/open-network?registry=" + Uri.EscapeDataString(registry), c => c.OpenNetworkAsync(registry), stop));
return await new ServerCommandLine(commands, SettingsEnvironment.OfProcess(), Console.Out, Console.Error).InvokeAsync(args);
