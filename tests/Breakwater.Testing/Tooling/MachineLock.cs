namespace Breakwater.Testing.Tooling;

/// <summary>Keeps heavy suites of several test programs from running at the same time on a small machine.</summary>
public sealed class MachineLock : IDisposable
{
    private readonly FileStream file;

    private MachineLock(FileStream file) => this.file = file;

    /// <summary>Waits until no other test program holds the lock. The kernel frees it when its holder ends in any way.</summary>
    public static async Task<MachineLock> TakeAsync(CancellationToken cancellation = default)
    {
        var path = Path.Combine(Path.GetTempPath(), $"breakwater-heavy-tests-{Environment.UserName}.lock");
        while (true)
        {
            try
            {
                return new MachineLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellation);
            }
        }
    }

    public void Dispose() => file.Dispose();
}
