namespace Breakwater.Core.Tiers;

/// <summary>What some tiers have and others lack. Each is demanded at the property or the endpoint that it opens.</summary>
[Flags]
public enum TierFeature
{
    None = 0,

    /// <summary>Everybody may pull: all of the registry, or some repositories.</summary>
    AnonymousPull = 1 << 0,

    /// <summary>Signatures ask for the right to sign.</summary>
    ContentTrust = 1 << 1,

    /// <summary>Manifests that lost their last tag are removed after a time.</summary>
    RetentionPolicy = 1 << 2,

    /// <summary>What is deleted can be restored for a time.</summary>
    SoftDelete = 1 << 3,

    /// <summary>Which networks a registry is reached by.</summary>
    NetworkRules = 1 << 4,

    /// <summary>Blobs are fetched from a host of their own.</summary>
    DataEndpoint = 1 << 5,

    /// <summary>Content is under a key of the customer's.</summary>
    CustomerManagedKeys = 1 << 6,
}
