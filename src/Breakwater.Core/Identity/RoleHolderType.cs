namespace Breakwater.Core.Identity;

/// <summary>What can have a role; the words are ARM's <c>principalType</c>.</summary>
public enum RoleHolderType
{
    User,
    ServicePrincipal,
    Group,
}
