namespace Breakwater.Core.Access;

/// <summary>A named set of actions. Roles are data: the decision knows actions only.</summary>
/// <param name="Id">The id of the Azure role of the same name, where there is one.</param>
public sealed record RoleDefinition(Guid Id, string Name, RegistryActions Registry, RepositoryActions Repository);
