using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>A manifest in the recycle bin, as <c>/acr/v1/_deleted/{repository}/_manifests</c> shows it.</summary>
public sealed record DeletedManifest : OpenRecord
{
    public string Digest { get; init; } = "";

    /// <summary>Bytes, with what it refers to.</summary>
    public long ImageSize { get; init; }

    public string? MediaType { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Deleted tags that meant it; null when it has none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
