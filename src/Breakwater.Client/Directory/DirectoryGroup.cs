using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>https://learn.microsoft.com/graph/api/resources/group</summary>
public sealed record DirectoryGroup : OpenRecord
{
    public string Id { get; init; } = "";

    public string? DisplayName { get; init; }

    public string? Description { get; init; }
}
