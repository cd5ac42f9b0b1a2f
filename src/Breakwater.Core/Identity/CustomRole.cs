using System.Collections.Immutable;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>A role that somebody has made.</summary>
public sealed record CustomRole
{
    public required RoleDefinition Role { get; init; }
    public required string? Description { get; init; }

    /// <summary>Where it can be given, with everything below.</summary>
    public required ImmutableArray<RoleScope> Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Guid UpdatedBy { get; init; }

    public bool CanBeGivenAt(RoleScope scope) => Scopes.Any(assignable => assignable.Covers(scope));

    /// <summary>Whether it can be given there or somewhere below.</summary>
    public bool CanBeGivenIn(RoleScope scope) => Scopes.Any(assignable => assignable.Covers(scope) || scope.Covers(assignable));
}
