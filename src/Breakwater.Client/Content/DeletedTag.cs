using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>A deleted tag, as <c>/acr/v1/_deleted/{repository}/_tags</c> shows it.</summary>
public sealed record DeletedTag : OpenRecord
{
    public string Tag { get; init; } = "";

    /// <summary>What it meant.</summary>
    public string Digest { get; init; } = "";

    public DateTimeOffset? DeletedAt { get; init; }
}
