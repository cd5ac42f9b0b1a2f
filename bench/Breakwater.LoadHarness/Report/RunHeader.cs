using System.Globalization;
using Breakwater.LoadHarness.Sandbox;

namespace Breakwater.LoadHarness.Report;

/// <summary>The lines above the table that say how it came about.</summary>
internal static class RunHeader
{
    public static string Write(HarnessOptions options, IEnumerable<string> arguments)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown";
        var drive = DriveInfo.GetDrives().Where(d => options.WorkFolder.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
        return string.Create(CultureInfo.InvariantCulture, $"""
            Command: `Breakwater.LoadHarness {string.Join(' ', arguments)}`, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC.
            Machine: {cpu.Trim()}, server on core 0, client on core 1, {NetworkSandbox.Description}; data on {drive?.DriveFormat ?? "unknown"}.
            {options.Rounds} rounds of {options.Window.TotalSeconds} s, median; {options.Connections} connections, {options.LargeConnections} from 1 MiB.


            """);
    }
}
