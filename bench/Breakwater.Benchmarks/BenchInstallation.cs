using Breakwater.Core.Installation;

namespace Breakwater.Benchmarks;

/// <summary>A real installation in a temporary folder, deleted at the end.</summary>
internal sealed class BenchInstallation : IAsyncDisposable
{
    private readonly string _folder;

    private BenchInstallation(string folder, OpenInstallation opened)
    {
        _folder = folder;
        Opened = opened;
    }

    public OpenInstallation Opened { get; }

    public static async Task<BenchInstallation> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("breakwater-benchmarks-").FullName;
        var directory = new DataDirectory(folder);
        var heldLock = DirectoryLock.TryTake(directory)!;
        var opened = await OpenInstallation.OpenAsync(directory, heldLock, new InstallationOptions(), TimeProvider.System, CancellationToken.None);
        return new BenchInstallation(folder, opened);
    }

    public async ValueTask DisposeAsync()
    {
        await Opened.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
