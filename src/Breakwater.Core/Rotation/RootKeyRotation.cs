namespace Breakwater.Core.Rotation;

/// <summary>The exchange of a registry's root key for a new one, under way or ended.</summary>
public sealed record RootKeyRotation
{
    public Guid RegistryId { get; init; }

    /// <summary>Of the new key. Those of lower epochs are destroyed in the end.</summary>
    public int Epoch { get; init; }

    public RotationState State { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it came into its state.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Blobs and manifests that there were when it began, those in the recycle bin too.</summary>
    public long TotalItems { get; init; }

    /// <summary>Of plain content.</summary>
    public long TotalBytes { get; init; }

    public long DoneItems { get; init; }

    public long DoneBytes { get; init; }

    /// <summary>Blobs and manifests that are damaged: the old keys stay until they are pushed again or deleted.</summary>
    public int Unreadable { get; init; }

    /// <summary>Uploads that were in use when they were last looked at.</summary>
    public int Uploads { get; init; }
}
