using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>The last exchange of a registry's root key.</summary>
public sealed record RootKeyRotation : OpenRecord
{
    /// <summary><c>Never</c>, <c>ReEncrypting</c>, <c>Closing</c>, <c>Destroying</c> or <c>Done</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Of the new key; null when there was no exchange, as the others.</summary>
    public int? Epoch { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Null: it is under way.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Blobs and manifests that there were when it began.</summary>
    public long? TotalItems { get; init; }

    public long? TotalBytes { get; init; }

    public long? DoneItems { get; init; }

    public long? DoneBytes { get; init; }

    /// <summary>Damaged ones: the old key stays until they are pushed again or deleted.</summary>
    public int? UnreadableItems { get; init; }

    /// <summary>Uploads that hold it up.</summary>
    public int? UploadsInUse { get; init; }
}
