using System.Collections.Immutable;
using Breakwater.Core.Policies;
using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>By what a purge decides in one repository.</summary>
/// <param name="MaySign">Whether whoever purges has the right to sign there.</param>
/// <param name="Filters">Those that mean the repository.</param>
/// <param name="Cutoff">What was changed later stays.</param>
/// <param name="UnusedSince">What was used later stays.</param>
/// <param name="Policies">Of the registry.</param>
internal sealed record PurgeRules(
    RepositoryName Repository, bool MaySign, ImmutableArray<PurgeFilter> Filters, DateTimeOffset Cutoff, DateTimeOffset UnusedSince, int Keep, bool IncludeLocked, RegistryPolicies Policies)
{
    public bool IsMeant(TagFact tag) => IsOldEnough(tag.UpdatedAt, tag.UsedAt) && Filters.Any(filter => filter.CoversTag(tag.Name));

    public bool IsOldEnough(ManifestFact manifest) => IsOldEnough(manifest.UpdatedAt, manifest.UsedAt);

    public bool IsWriteOnce(TagName tag) => Policies.WriteOnce.Any(rule => rule.Covers(Repository, tag));

    /// <summary>Whether the signing policy asks for a right that is lacking.</summary>
    public bool IsGuarded(SignatureKind kind) => !MaySign && Policies.Signing.Covers(kind);

    private bool IsOldEnough(DateTimeOffset updatedAt, DateTimeOffset usedAt) => updatedAt <= Cutoff && usedAt <= UnusedSince;
}
