namespace Breakwater.LoadHarness.Sandbox;

/// <summary>Two runs on the same two cores would measure each other; the second one is refused.</summary>
internal static class OnlyRun
{
    public static IDisposable Take()
    {
        var file = Path.Combine(Path.GetTempPath(), "breakwater-bench.lock");
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new HarnessException($"Another run holds {file}. Wait for it to end.");
        }
    }
}
