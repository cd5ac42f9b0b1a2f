namespace Breakwater.Core.SoftDelete;

/// <summary>What is told about a manifest in the recycle bin.</summary>
public sealed record DeletedManifestProperties
{
    public string Digest { get; init; } = "";

    public string MediaType { get; init; } = "";

    /// <summary>Its own bytes and those of the blobs that are kept for it.</summary>
    public long ImageSizeBytes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DeletedAt { get; init; }

    /// <summary>Deleted tags that meant it, in byte order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
