using System.Text.Json;

namespace Breakwater.Core.Identity;

/// <summary>A row of <c>managed_identity</c> with its principal's.</summary>
internal sealed record ManagedIdentityRow
{
    public const string Select =
        "SELECT s.id, s.app_id, m.name, m.location, m.labels FROM managed_identity m JOIN service_principal s ON s.id = m.id";

    public required Guid Id { get; init; }
    public required Guid AppId { get; init; }
    public required string Name { get; init; }
    public required string Location { get; init; }
    public required string Labels { get; init; }

    public ManagedIdentity ToIdentity() => new()
    {
        Id = Id,
        AppId = AppId,
        Name = Name,
        Location = Location,
        Labels = JsonSerializer.Deserialize<Dictionary<string, string>>(Labels)!,
    };
}
