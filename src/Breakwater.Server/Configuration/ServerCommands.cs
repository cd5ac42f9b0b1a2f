namespace Breakwater.Server.Configuration;

/// <summary>What the program does for each command. Every one returns the exit code.</summary>
/// <param name="Serve">Runs the server until it is told to stop.</param>
/// <param name="CollectGarbage"><c>gc</c>; the flag is <c>--dry-run</c>.</param>
/// <param name="Verify"><c>verify</c>; the flag is <c>--deep</c>.</param>
/// <param name="Backup"><c>backup DIR</c>; the text is the folder, absolute.</param>
/// <param name="Restore"><c>restore DIR</c>; the text is the folder, absolute.</param>
/// <param name="OpenNetwork"><c>open-network REGISTRY</c></param>
internal sealed record ServerCommands(
    Func<ServerSettings, CancellationToken, Task<int>> Serve,
    Func<ServerSettings, bool, CancellationToken, Task<int>> CollectGarbage,
    Func<ServerSettings, bool, CancellationToken, Task<int>> Verify,
    Func<ServerSettings, string, CancellationToken, Task<int>> Backup,
    Func<ServerSettings, string, CancellationToken, Task<int>> Restore,
    Func<ServerSettings, string, CancellationToken, Task<int>> OpenNetwork);
