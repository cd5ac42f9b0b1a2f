using System.Collections.Immutable;
using Breakwater.Core.Policies;
using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>By what a purge decides in one repository.</summary>
/// <param name="MaySign">Whether whoever purges has the right to sign there.</param>
/// <param name="Filters">Those that mean the repository.</param>
/// <param name="Policies">Of the registry.</param>
internal sealed record PurgeRules(
    RepositoryName Repository, bool MaySign, ImmutableArray<PurgeFilter> Filters, DateTimeOffset Cutoff, int Keep, bool IncludeLocked, RegistryPolicies Policies)
{
    public bool IsMeant(TagFact tag) => tag.UpdatedAt <= Cutoff && Filters.Any(filter => filter.CoversTag(tag.Name));

    public bool IsWriteOnce(TagName tag) => Policies.WriteOnce.Any(rule => rule.Covers(Repository, tag));

    /// <summary>Whether the signing policy asks for a right that is lacking.</summary>
    public bool IsGuarded(SignatureKind kind) => !MaySign && Policies.Signing.Covers(kind);
}
