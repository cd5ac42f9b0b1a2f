using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Network;
using Breakwater.Core.Policies;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Registries;

/// <summary>A registry: the unit of keys, rights, limits and usage. An immutable snapshot.</summary>
/// <param name="Id">Random, never reused: a registry created again under the same name inherits nothing.</param>
/// <param name="Name">5 to 50 letters and digits; <c>NAME.DOMAIN</c> is its host. Unlike in case is the same.</param>
/// <param name="SecurityVersion">Raised to end every token of the registry at once.</param>
/// <param name="RoleAssignmentMode">Which permissions open its data plane.</param>
/// <param name="AdminUserEnabled">Whether its admin user may sign in.</param>
/// <param name="AnonymousPullEnabled">Whether everybody may pull all of it.</param>
public sealed record Registry(
    Guid Id,
    string Name,
    int SecurityVersion,
    RoleAssignmentMode RoleAssignmentMode = RoleAssignmentMode.LegacyRegistryPermissions,
    bool AdminUserEnabled = false,
    bool AnonymousPullEnabled = false)
{
    /// <summary>The resource group that it is in, for good.</summary>
    public Guid GroupId { get; init; } = RoleScope.DefaultGroupId;

    /// <summary>The group's name.</summary>
    public string GroupName { get; init; } = RoleScope.DefaultGroupName;

    /// <summary>Its tier, with the operator's limits.</summary>
    public TierPlan Plan { get; init; } = TierCatalog.Default.Largest;

    /// <summary>What it asks of content beyond rights.</summary>
    public RegistryPolicies Policies { get; init; } = RegistryPolicies.None;

    /// <summary>By which networks its content is reached.</summary>
    public RegistryNetwork Network { get; init; } = RegistryNetwork.Open;

    /// <summary>What its creator called the place where it is; nothing depends on it.</summary>
    public string Location { get; init; } = "local";

    /// <summary>The location as a part of host names, as Azure makes <c>westeurope</c> of <c>West Europe</c>.</summary>
    public string Region => string.Concat(Location.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant() is { Length: > 0 and <= 63 } region ? region : "local";

    /// <summary>ARM's tags.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Hosts that it answers to besides its own, without ports.</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    /// <summary>The customer's key that it is under; null: the service's own.</summary>
    public RegistryEncryption? Encryption { get; init; }

    /// <summary>The user-assigned identities that its owner has given it.</summary>
    public ImmutableArray<AssignedIdentity> Identities { get; init; } = [];

    /// <summary>Raised by every change of the resource.</summary>
    public int Revision { get; init; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: by the first start.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Null: never changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }

    /// <summary>Whether everybody may pull something from it.</summary>
    public bool IsOpenSomewhere => AnonymousPullEnabled || !Policies.AnonymousRepositories.IsEmpty;
}
