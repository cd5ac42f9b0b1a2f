using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>What a principal may do without a role: the admin user, a repository-scoped token, everybody where pulling is open.</summary>
/// <param name="Pattern">A repository's name, <c>*</c> for all of them, or <c>prefix/*</c> for those below a prefix.</param>
public sealed record ScopeGrant(Guid RegistryId, string Pattern, RepositoryActions Repository, RegistryActions Registry = RegistryActions.None)
{
    public const string Everything = "*";

    public bool Covers(RepositoryName repository) =>
        Pattern == Everything
        || Pattern == repository.Value
        || (Pattern.EndsWith("/*", StringComparison.Ordinal) && repository.Value.AsSpan().StartsWith(Pattern.AsSpan(0, Pattern.Length - 1), StringComparison.Ordinal));
}
