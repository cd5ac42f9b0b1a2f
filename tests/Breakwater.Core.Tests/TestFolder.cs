namespace Breakwater.Core.Tests;

/// <summary>A folder of its own for a test; in memory where the system has such a place, since these tests ask for behaviour, not for a disk.</summary>
internal static class TestFolder
{
    private const string InMemory = "/dev/shm";

    public static string Create()
    {
        var parent = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(parent, $"breakwater-{Guid.NewGuid():N}")).FullName;
    }
}
