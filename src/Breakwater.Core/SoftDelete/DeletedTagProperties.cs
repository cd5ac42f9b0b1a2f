namespace Breakwater.Core.SoftDelete;

/// <summary>What is told about a deleted tag.</summary>
public sealed record DeletedTagProperties
{
    public string Name { get; init; } = "";

    /// <summary>What it meant: a manifest that is deleted too, or is still there.</summary>
    public string Digest { get; init; } = "";

    public DateTimeOffset DeletedAt { get; init; }

    /// <summary>Higher for what was deleted later.</summary>
    public long Sequence { get; init; }
}
