using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>What a restore brought back.</summary>
public sealed record Restoration : OpenRecord
{
    public string Digest { get; init; } = "";

    public string? MediaType { get; init; }

    /// <summary>That mean it now.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>It and its children; empty when only a tag was missing.</summary>
    public IReadOnlyList<string> ManifestsRestored { get; init; } = [];
}
