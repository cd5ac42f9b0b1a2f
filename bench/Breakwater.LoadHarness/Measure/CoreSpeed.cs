using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Breakwater.LoadHarness.Measure;

/// <summary>
/// How fast core 0 is right now, as a part of the fastest ever seen on this machine. On a virtual machine a neighbour on the same physical
/// core takes 40% of it for half a minute at a time, and neither the load nor the steal counter shows it: only a fixed piece of work does.
/// </summary>
internal sealed partial class CoreSpeed(HarnessOptions options)
{
    private const double FullFrom = 0.85;
    private static readonly TimeSpan ProbeTime = TimeSpan.FromMilliseconds(25);
    private readonly string _bestFile = Path.Combine(options.WorkFolder, "core-speed");
    private TimeSpan _patience = options.Patience;

    /// <summary>Waits for full speed as long as the run's patience lasts, and answers the speed reached.</summary>
    public double WaitForFull()
    {
        var since = Stopwatch.GetTimestamp();
        var speed = Now();
        while (speed < FullFrom && Stopwatch.GetElapsedTime(since) < _patience)
        {
            Thread.Sleep(500);
            speed = Now();
        }

        _patience -= Stopwatch.GetElapsedTime(since);
        return speed;
    }

    public static bool IsFull(double speed) => speed >= FullFrom;

    public double Now()
    {
        double hashes = 0;
        var thread = new Thread(() => hashes = Probe());
        thread.Start();
        thread.Join();
        var best = File.Exists(_bestFile) ? double.Parse(File.ReadAllText(_bestFile), CultureInfo.InvariantCulture) : 0;
        if (hashes > best)
        {
            Directory.CreateDirectory(options.WorkFolder);
            File.WriteAllText(_bestFile, hashes.ToString(CultureInfo.InvariantCulture));
        }

        return hashes / Math.Max(best, hashes);
    }

    private static double Probe()
    {
        ulong firstCore = 1;
        if (SetAffinity(0, sizeof(ulong), ref firstCore) != 0)
            throw new HarnessException("sched_setaffinity failed: the harness needs cores 0 and 1.");
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        HashFor(ProbeTime / 5, block);
        return Math.Max(HashFor(ProbeTime, block), HashFor(ProbeTime, block));
    }

    private static double HashFor(TimeSpan time, Span<byte> block)
    {
        var since = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(since) < time)
        {
            for (var i = 0; i < 100; i++)
                SHA256.HashData(block[..16], block);
            count += 100;
        }

        return count / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nint size, ref ulong mask);
}
