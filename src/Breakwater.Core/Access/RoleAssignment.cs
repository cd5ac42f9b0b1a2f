namespace Breakwater.Core.Access;

/// <summary>Gives a principal a role somewhere.</summary>
/// <param name="RegistryId">The registry it holds in; null for every registry of the installation.</param>
public sealed record RoleAssignment(Guid PrincipalId, RoleDefinition Role, Guid? RegistryId)
{
    public bool Covers(Guid principalId, Guid registryId) =>
        PrincipalId == principalId && (RegistryId is null || RegistryId.Value == registryId);
}
