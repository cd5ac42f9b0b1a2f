using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>What is to change of a registry's sign-in; null leaves a member as it is.</summary>
public sealed record RegistryChange(RoleAssignmentMode? RoleAssignmentMode, bool? AdminUserEnabled, bool? AnonymousPullEnabled);
