using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>A tag, as <c>/acr/v1/{repository}/_tags</c> shows it.</summary>
public sealed record TagAttributes : OpenRecord
{
    public string Name { get; init; } = "";

    public string Digest { get; init; } = "";

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? LastUpdateTime { get; init; }

    public ChangeableAttributes ChangeableAttributes { get; init; } = new();
}
