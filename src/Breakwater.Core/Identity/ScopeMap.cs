namespace Breakwater.Core.Identity;

/// <summary>A named list of actions on repositories, for tokens.</summary>
public sealed record ScopeMap
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? Description { get; init; }

    /// <summary>One a line.</summary>
    public required string Actions { get; init; }

    /// <summary>Comes with the registry and cannot be changed.</summary>
    public required bool IsSystem { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
