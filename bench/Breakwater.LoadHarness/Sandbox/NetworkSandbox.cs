using System.Diagnostics;

namespace Breakwater.LoadHarness.Sandbox;

/// <summary>
/// Runs the harness again inside a network namespace of its own with the reno congestion control, on core 1. A machine's default (bbr)
/// may pace even loopback and would be measured instead of the servers; the namespace also keeps the load off every real interface.
/// </summary>
internal static class NetworkSandbox
{
    private const string InsideVariable = "LOADHARNESS_INSIDE";

    public static bool Inside => Environment.GetEnvironmentVariable(InsideVariable) is not null;

    /// <summary>What the measurement ran in, for the report.</summary>
    public static string Description => Environment.GetEnvironmentVariable(InsideVariable) ?? "";

    public static int RunInside(string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
            return RunSelf([], arguments, $"no network namespace (not root): congestion control {CongestionControl()}");
        var name = $"breakwater-bench-{Environment.ProcessId}";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run(["ip", "netns", "del", name], null);
        Require("ip", "netns", "add", name);
        Require("ip", "-n", name, "link", "set", "lo", "up");
        Require("ip", "netns", "exec", name, "sysctl", "-q", "-w", "net.ipv4.tcp_congestion_control=reno");
        return RunSelf(["setpriv", "--pdeathsig", "TERM", "ip", "netns", "exec", name], arguments, "a network namespace with the reno congestion control");
    }

    private static int RunSelf(IReadOnlyList<string> prefix, string[] arguments, string description)
    {
        var self = Environment.ProcessPath!;
        IEnumerable<string> entry = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        // Ctrl-C reaches the whole process group; the outer process stays to remove the namespace.
        Console.CancelKeyPress += static (_, e) => e.Cancel = true;
        return Run([.. prefix, "taskset", "-c", "1", self, .. entry, .. arguments], description);
    }

    private static void Require(params string[] command)
    {
        if (Run(command, null) != 0)
            throw new HarnessException($"{string.Join(' ', command)} failed; run as root, or as a user without root's right for a plain run.");
    }

    private static int Run(string[] command, string? description)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        if (description is not null)
            start.Environment[InsideVariable] = description;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string CongestionControl() => File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").Trim();
}
