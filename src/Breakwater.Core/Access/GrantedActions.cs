namespace Breakwater.Core.Access;

/// <summary>What <see cref="AccessDecider"/> found.</summary>
public readonly record struct GrantedActions(RegistryActions Registry, RepositoryActions Repository);
