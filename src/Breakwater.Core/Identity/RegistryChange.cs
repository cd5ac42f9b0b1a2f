using Breakwater.Core.Access;
using Breakwater.Core.Policies;

namespace Breakwater.Core.Identity;

/// <summary>What is to change of a registry's sign-in and policies; null leaves a member as it is.</summary>
public sealed record RegistryChange(RoleAssignmentMode? RoleAssignmentMode, bool? AdminUserEnabled, bool? AnonymousPullEnabled, PolicyChange? Policies = null);
