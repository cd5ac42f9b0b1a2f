using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Policies;
using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>By what a purge decides in one repository.</summary>
/// <param name="Filters">Those that mean the repository.</param>
/// <param name="Policies">Of the registry.</param>
internal sealed record PurgeRules(RepositoryAccess Access, ImmutableArray<PurgeFilter> Filters, DateTimeOffset Cutoff, int Keep, bool IncludeLocked, RegistryPolicies Policies)
{
    private readonly bool _maySign = Access.Allows(RepositoryActions.Sign);

    public bool IsMeant(TagFact tag) => tag.UpdatedAt <= Cutoff && Filters.Any(filter => filter.CoversTag(tag.Name));

    public bool IsWriteOnce(TagName tag) => Policies.WriteOnce.Any(rule => rule.Covers(Access.Repository, tag));

    /// <summary>Whether the signing policy asks for a right that is lacking.</summary>
    public bool IsGuarded(SignatureKind kind) => !_maySign && Policies.Signing.Covers(kind);
}
