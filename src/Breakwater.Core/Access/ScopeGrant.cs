using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>What a principal may do without a role: the admin user, a repository-scoped token, everybody where pulling is open.</summary>
/// <param name="Pattern">As <see cref="RepositoryPattern"/>.</param>
public sealed record ScopeGrant(Guid RegistryId, string Pattern, RepositoryActions Repository, RegistryActions Registry = RegistryActions.None)
{
    public const string Everything = RepositoryPattern.Everything;

    public bool Covers(RepositoryName repository) => RepositoryPattern.Covers(Pattern, repository);
}
