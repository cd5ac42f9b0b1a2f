using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>A manifest, as <c>/acr/v1/{repository}/_manifests</c> shows it.</summary>
public sealed record ManifestAttributes : OpenRecord
{
    public string Digest { get; init; } = "";

    /// <summary>Bytes, with what it refers to.</summary>
    public long ImageSize { get; init; }

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? LastUpdateTime { get; init; }

    public string? Architecture { get; init; }

    public string? Os { get; init; }

    public string? MediaType { get; init; }

    /// <summary>Null when it has none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public ChangeableAttributes ChangeableAttributes { get; init; } = new();
}
