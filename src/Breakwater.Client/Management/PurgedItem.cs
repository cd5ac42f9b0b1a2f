using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A tag, or a manifest.</summary>
public sealed record PurgedItem : OpenRecord
{
    public string Repository { get; init; } = "";

    /// <summary>Null: the manifest itself.</summary>
    public string? Tag { get; init; }

    public string Digest { get; init; } = "";

    /// <summary>Why it stays; null: it was removed.</summary>
    public string? Reason { get; init; }
}
