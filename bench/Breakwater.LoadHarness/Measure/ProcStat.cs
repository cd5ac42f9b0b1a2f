using System.Globalization;

namespace Breakwater.LoadHarness.Measure;

/// <summary>What Linux's /proc tells about a process and about the two cores that the measurement uses.</summary>
internal static class ProcStat
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed by the kernel's ABI

    /// <summary>User and system seconds of a process with all its threads.</summary>
    public static double CpuSeconds(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        // Fields after the command's name, which may itself hold spaces: state is field 3, utime 14, stime 15.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>Peak resident set since the process started or since <see cref="ResetPeak"/>.</summary>
    public static long PeakBytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : (long)Number(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024;
    }

    /// <summary>Starts the peak anew, so that each measurement has its own; needs root, and without it the peak is the process's.</summary>
    public static void ResetPeak(int pid)
    {
        try
        {
            File.WriteAllText($"/proc/{pid}/clear_refs", "5");
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Busy seconds of the first two cores, all processes together; what the pair did not use was someone else.</summary>
    public static double BusySeconds() => File.ReadLines("/proc/stat")
        .Where(l => l.StartsWith("cpu0 ", StringComparison.Ordinal) || l.StartsWith("cpu1 ", StringComparison.Ordinal))
        .Sum(line =>
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // user, nice, system, irq, softirq, steal; idle and iowait are not busy.
            return Number(fields[1]) + Number(fields[2]) + Number(fields[3]) + Number(fields[6]) + Number(fields[7]) + Number(fields[8]);
        }) / TicksPerSecond;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
