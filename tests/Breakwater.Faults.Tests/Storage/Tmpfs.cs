using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>A small file system in memory, unmounted at the end of a test.</summary>
internal sealed class Tmpfs : IAsyncDisposable
{
    private Tmpfs(string path) => Path = path;

    public string Path { get; }

    public static async Task<Tmpfs> MountAsync(string path, int sizeMiB)
    {
        Tool.RequireRoot();
        Directory.CreateDirectory(path);
        await Tool.Require("mount").RunAsync(["-t", "tmpfs", "-o", $"size={sizeMiB}m", "tmpfs", path]);
        return new Tmpfs(path);
    }

    public Task ResizeAsync(int sizeMiB) => RemountAsync($"size={sizeMiB}m");

    public Task RemountAsync(string options) => Tool.Require("mount").RunAsync(["-o", $"remount,{options}", Path]);

    public async ValueTask DisposeAsync() => await Tool.Require("umount").TryRunAsync(["-l", Path]);
}
