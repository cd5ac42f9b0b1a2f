using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Policies;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Registries;

/// <summary>What is to change of a registry, or to be set of a new one; null leaves a member as it is. A list comes whole.</summary>
public sealed record RegistryChange(RoleAssignmentMode? RoleAssignmentMode = null, bool? AdminUserEnabled = null, bool? AnonymousPullEnabled = null, PolicyChange? Policies = null)
{
    public const int MaxLabels = 50, MaxLabelName = 512, MaxLabelValue = 256;

    public TierPlan? Plan { get; init; }

    /// <summary>ARM's tags, all of them.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Further hosts, all of them, without ports.</summary>
    public IReadOnlyList<string>? HostNames { get; init; }

    /// <summary>The revision that the caller has seen; with another one nothing is changed. Null: whichever it is.</summary>
    public int? IfRevision { get; init; }

    /// <exception cref="InvalidValueException">A value is not acceptable; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The registry's tier, or the one that it is to have, lacks what is used.</exception>
    internal Registry Apply(Registry before, DateTimeOffset now)
    {
        RequireLabels(Labels);
        var after = before with
        {
            RoleAssignmentMode = RoleAssignmentMode ?? before.RoleAssignmentMode,
            AdminUserEnabled = AdminUserEnabled ?? before.AdminUserEnabled,
            AnonymousPullEnabled = AnonymousPullEnabled ?? before.AnonymousPullEnabled,
            Policies = Policies?.Apply(before.Policies, now) ?? before.Policies,
            Plan = Plan ?? before.Plan,
            Labels = Labels?.ToImmutableSortedDictionary() ?? before.Labels,
            HostNames = HostNames is null ? before.HostNames : [.. HostNames.Select(host => host.ToLowerInvariant()).Distinct()],
        };
        TierRules.RequireFeatures(after);
        return after;
    }

    // Azure Resource Manager's limits.
    private static void RequireLabels(IReadOnlyDictionary<string, string>? labels)
    {
        if (labels is { Count: > MaxLabels })
            throw new InvalidValueException($"A resource has at most {MaxLabels} tags.");
        foreach (var (name, value) in labels ?? ImmutableDictionary<string, string>.Empty)
        {
            if (name.Length is 0 or > MaxLabelName || value is null || value.Length > MaxLabelValue)
                throw new InvalidValueException($"A tag has a name of 1 to {MaxLabelName} characters and a value of at most {MaxLabelValue}.");
        }
    }
}
