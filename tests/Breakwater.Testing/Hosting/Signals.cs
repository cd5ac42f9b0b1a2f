using System.Runtime.InteropServices;

namespace Breakwater.Testing.Hosting;

/// <summary>Signals that .NET has no call for.</summary>
internal static partial class Signals
{
    public const int Terminate = 15;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new InvalidOperationException($"kill({process}, {signal}) failed with {Marshal.GetLastPInvokeError()}.");
    }
}
