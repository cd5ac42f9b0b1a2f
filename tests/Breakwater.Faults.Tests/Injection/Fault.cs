namespace Breakwater.Faults.Tests.Injection;

/// <summary>One fault to arm.</summary>
public sealed record Fault(Calls Calls, FaultAction Action)
{
    public const int InputOutputError = 5, NoSpace = 28, ReadOnlyFileSystem = 30;

    /// <summary>A part of the path of the file concerned. Default: every file.</summary>
    public string Path { get; init; } = "";

    /// <summary>A part of paths that are left alone. Default: none are.</summary>
    public string Exclude { get; init; } = "";

    /// <summary>What a synced or written descriptor must be. Default: anything.</summary>
    public FileKind Kind { get; init; }

    /// <summary>The call that is hit, counted from arming, from 1.</summary>
    public uint Nth { get; init; } = 1;

    /// <summary>Every call from <see cref="Nth"/> on. Default: that one alone.</summary>
    public bool Persistent { get; init; }

    /// <summary>The error number of <see cref="FaultAction.Fail"/>.</summary>
    public int Error { get; init; } = InputOutputError;
}
