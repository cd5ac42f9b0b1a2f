namespace Breakwater.Core.Tiers;

/// <summary>A row of <see cref="TierCatalog"/>: everything that depends on a registry's tier. Nobody compares names; ask for a feature or a limit.</summary>
public sealed record TierPlan(string Name, TierFeature Features, TierLimits Limits)
{
    public bool Has(TierFeature feature) => (Features & feature) == feature;
}
