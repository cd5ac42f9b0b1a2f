using System.Collections.Concurrent;
using System.Diagnostics;

namespace Breakwater.Testing.Hosting;

/// <summary>Ends the servers that are still running when the test program ends, also when a test forgot one or the run was interrupted.</summary>
internal static class Orphans
{
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    static Orphans() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    public static void Watch(Process process) => Running[process.Id] = process;

    public static void Forget(Process process) => Running.TryRemove(process.Id, out _);

    private static void EndAll()
    {
        foreach (var process in Running.Values)
        {
            try
            {
                process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }
        }
    }
}
