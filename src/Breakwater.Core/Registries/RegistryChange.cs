using System.Collections.Immutable;
using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;
using Breakwater.Core.Policies;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Registries;

/// <summary>What is to change of a registry, or to be set of a new one; null leaves a member as it is. A list comes whole.</summary>
public sealed record RegistryChange(RoleAssignmentMode? RoleAssignmentMode = null, bool? AdminUserEnabled = null, bool? AnonymousPullEnabled = null, PolicyChange? Policies = null)
{
    public TierPlan? Plan { get; init; }

    public NetworkChange? Network { get; init; }

    /// <summary>An address that is let in now and must go on being let in, or nothing is changed. Null: nobody's.</summary>
    public IPAddress? KeepsAdmitted { get; init; }

    /// <summary>ARM's tags, all of them.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Further hosts, all of them, without ports.</summary>
    public IReadOnlyList<string>? HostNames { get; init; }

    /// <summary>By which key its root keys are to be wrapped.</summary>
    public EncryptionChange? Encryption { get; init; }

    /// <summary>User-assigned identities, all of them, each once.</summary>
    public IReadOnlyList<AssignedIdentity>? Identities { get; init; }

    /// <summary>The revision that the caller has seen; with another one nothing is changed. Null: whichever it is.</summary>
    public int? IfRevision { get; init; }

    /// <exception cref="InvalidValueException">A value is not acceptable; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The registry's tier, or the one that it is to have, lacks what is used.</exception>
    internal Registry Apply(Registry before, DateTimeOffset now)
    {
        if (Labels is not null)
            ResourceTags.Require(Labels);
        var after = before with
        {
            RoleAssignmentMode = RoleAssignmentMode ?? before.RoleAssignmentMode,
            AdminUserEnabled = AdminUserEnabled ?? before.AdminUserEnabled,
            AnonymousPullEnabled = AnonymousPullEnabled ?? before.AnonymousPullEnabled,
            Policies = Policies?.Apply(before.Policies, now) ?? before.Policies,
            Plan = Plan ?? before.Plan,
            Network = Network?.Apply(before.Network) ?? before.Network,
            Labels = Labels?.ToImmutableSortedDictionary() ?? before.Labels,
            Identities = Identities is null ? before.Identities : [.. Identities],
            HostNames = HostNames is null ? before.HostNames : [.. HostNames.Select(host => host.ToLowerInvariant()).Distinct()],
        };
        TierRules.RequireFeatures(after);
        return after;
    }

    /// <summary>Whether it takes from <see cref="KeepsAdmitted"/> what that had.</summary>
    internal bool LocksOut(Registry before, Registry after) =>
        KeepsAdmitted is { } address && before.Network.AdmitsPublic(address) && !after.Network.AdmitsPublic(address);
}
