using Breakwater.Core.Access;

namespace Breakwater.Core.Registries;

/// <summary>A registry: the unit of keys, rights and usage. An immutable snapshot.</summary>
/// <param name="Id">Random, never reused: a registry created again under the same name inherits nothing.</param>
/// <param name="SecurityVersion">Raised to end every token of the registry at once.</param>
/// <param name="RoleAssignmentMode">Which permissions open its data plane.</param>
public sealed record Registry(Guid Id, string Name, int SecurityVersion, RoleAssignmentMode RoleAssignmentMode = RoleAssignmentMode.LegacyRegistryPermissions);
