using Breakwater.Server.Commands;
using Breakwater.Server.Configuration;

var commands = new ServerCommands(
    Serve: ServeCommand.RunAsync,
    CollectGarbage: (settings, dryRun, stop) =>
        CommandDispatch.RunAsync(settings, dryRun ? "/gc?dry-run=true" : "/gc", c => c.CleanUpAsync(dryRun, stop), stop),
    Verify: (settings, deep, stop) =>
        CommandDispatch.RunAsync(settings, deep ? "/verify?deep=true" : "/verify", c => c.VerifyAsync(deep, stop), stop),
    Backup: (settings, target, stop) =>
        CommandDispatch.RunAsync(settings, "/backup?target=" + Uri.EscapeDataString(target), c => c.BackupAsync(target, stop), stop),
    Restore: CommandDispatch.RestoreAsync,
    OpenNetwork: (settings, registry, stop) =>
        CommandDispatch.RunAsync(settings, "/open-network?registry=" + Uri.EscapeDataString(registry), c => c.OpenNetworkAsync(registry), stop));
return await new ServerCommandLine(commands, SettingsEnvironment.OfProcess(), Console.Out, Console.Error).InvokeAsync(args);
