using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Breakwater.LoadHarness.Http;

namespace Breakwater.LoadHarness.Targets;

/// <summary>A server process that the harness started. While the other one of the pair is measured, it is stopped by SIGSTOP.</summary>
internal sealed partial class RunningServer : IDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly string _logFile;

    private RunningServer(Process process, string logFile, Endpoint endpoint)
    {
        _process = process;
        _logFile = logFile;
        Endpoint = endpoint;
    }

    public Endpoint Endpoint { get; }

    public int Pid => _process.Id;

    /// <summary>
    /// Starts a command on core 0, its output in a file. Shell, setpriv and taskset replace themselves, so the id is the server's; it dies
    /// with the harness, however that ends.
    /// </summary>
    public static RunningServer Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string logFile, Endpoint endpoint)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("log=$1; shift; exec setpriv --pdeathsig KILL taskset -c 0 \"$@\" >\"$log\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(logFile);
        foreach (var word in command)
            start.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new RunningServer(Process.Start(start)!, logFile, endpoint);
    }

    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    public void ThrowIfEnded()
    {
        if (_process.HasExited)
            throw new HarnessException($"The server ended with code {_process.ExitCode}:\n{File.ReadAllText(_logFile)}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Thaw();
            Signal(SigTerm);
            if (!_process.WaitForExit(StopPatience))
                _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0 && !_process.HasExited)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
