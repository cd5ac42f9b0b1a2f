using System.Text.Json.Serialization;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>A user, a service principal or a group.</summary>
public sealed record GroupMember : OpenRecord
{
    [JsonPropertyName("@odata.type")]
    public string? Kind { get; init; }

    public string Id { get; init; } = "";

    public string? DisplayName { get; init; }
}
