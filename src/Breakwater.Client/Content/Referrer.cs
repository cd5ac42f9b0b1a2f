using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>What refers to a manifest: a signature, a bill of materials. Distribution specification, "Listing Referrers".</summary>
public sealed record Referrer : OpenRecord
{
    public string Digest { get; init; } = "";

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public long Size { get; init; }

    public Dictionary<string, string>? Annotations { get; init; }
}
