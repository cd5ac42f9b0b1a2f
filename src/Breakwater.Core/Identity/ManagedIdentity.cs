namespace Breakwater.Core.Identity;

/// <summary>A service principal that no secret or certificate can be made for.</summary>
public sealed record ManagedIdentity
{
    /// <summary>The service principal's id: what roles are given to.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it signs in as.</summary>
    public required Guid AppId { get; init; }

    public required string Name { get; init; }
    public required string Location { get; init; }

    /// <summary>ARM's tags.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}
