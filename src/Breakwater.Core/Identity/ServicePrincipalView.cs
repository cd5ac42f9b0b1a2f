namespace Breakwater.Core.Identity;

/// <summary>A service principal.</summary>
public sealed record ServicePrincipalView
{
    public required Guid Id { get; init; }
    public required Guid AppId { get; init; }
    public required string Name { get; init; }
    public required bool Disabled { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it is a managed identity, which has no application.</summary>
    public required bool IsManaged { get; init; }
}
