using System.Collections.Immutable;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>What whoever makes a role chooses.</summary>
/// <param name="Scopes">Where the role can be given, with everything below.</param>
public sealed record CustomRoleContent(string Name, string? Description, RolePermissions Permissions, ImmutableArray<RoleScope> Scopes);
