using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Core.Access;

/// <summary>An action of a scope map: <c>repositories/NAME/content/read</c>. NAME may be <c>*</c> or end in <c>/*</c>; the repository need not exist.</summary>
/// <remarks>https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions</remarks>
public static class ScopeMapAction
{
    private const string Prefix = "repositories/";

    private static readonly ImmutableArray<(string Suffix, RepositoryActions Action)> Table =
    [
        ("/content/read", RepositoryActions.Pull),
        ("/content/write", RepositoryActions.Push),
        ("/content/delete", RepositoryActions.Delete),
        ("/metadata/read", RepositoryActions.MetadataRead | RepositoryActions.DeletedRead),
        ("/metadata/write", RepositoryActions.MetadataWrite),
    ];

    /// <summary>The words that may follow the repository.</summary>
    public static string Suffixes { get; } = string.Join(", ", Table.Select(row => row.Suffix[1..]));

    public static bool TryParse(string text, Guid registryId, [NotNullWhen(true)] out ScopeGrant? grant)
    {
        grant = null;
        foreach (var (suffix, action) in Table)
        {
            if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !text.EndsWith(suffix, StringComparison.Ordinal) || text.Length <= Prefix.Length + suffix.Length)
                continue;
            var pattern = text[Prefix.Length..^suffix.Length];
            if (RepositoryPattern.IsValid(pattern))
                grant = new ScopeGrant(registryId, pattern, action);
        }
        return grant is not null;
    }

    /// <summary>What several actions give together: who may both write and delete may restore what was deleted, where one pattern says both.</summary>
    internal static IEnumerable<ScopeGrant> WithRestore(IEnumerable<ScopeGrant> grants)
    {
        const RepositoryActions Needed = RepositoryActions.Push | RepositoryActions.Delete;
        foreach (var pattern in grants.GroupBy(grant => (grant.RegistryId, grant.Pattern)))
        {
            foreach (var grant in pattern)
                yield return grant;
            if ((pattern.Aggregate(RepositoryActions.None, (all, grant) => all | grant.Repository) & Needed) == Needed)
                yield return new ScopeGrant(pattern.Key.RegistryId, pattern.Key.Pattern, RepositoryActions.DeletedRestore);
        }
    }
}
