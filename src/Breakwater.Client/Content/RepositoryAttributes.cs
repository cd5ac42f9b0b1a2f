using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary><c>GET /acr/v1/{repository}</c></summary>
public sealed record RepositoryAttributes : OpenRecord
{
    public string? Registry { get; init; }

    public string ImageName { get; init; } = "";

    public DateTimeOffset? CreatedTime { get; init; }

    public DateTimeOffset? LastUpdateTime { get; init; }

    public long ManifestCount { get; init; }

    public long TagCount { get; init; }

    public ChangeableAttributes ChangeableAttributes { get; init; } = new();
}
