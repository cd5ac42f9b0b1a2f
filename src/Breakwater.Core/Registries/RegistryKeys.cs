using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Oci;

namespace Breakwater.Core.Registries;

/// <summary>Puts registries under the keys that their owners name. Key stores are asked before anything is changed, and outside of every transaction.</summary>
public sealed class RegistryKeys(IMetadataDatabase database, KeyRing ring)
{
    /// <summary>The key that a change asks for, proven to wrap and unwrap.</summary>
    /// <param name="registry">The registry's name, which rules go by.</param>
    /// <exception cref="InvalidValueException">The registry may not use the key, or the key store refuses it; the message says so.</exception>
    /// <exception cref="OciException"><c>Unavailable</c>: the key store gave no answer.</exception>
    internal async Task<KeyTarget> FindAsync(EncryptionChange change, string registry, CancellationToken cancellationToken)
    {
        if (change.KeyIdentifier is not { } identifier)
            return KeyTarget.Service(ring.Providers);
        var (provider, key) = ring.Providers.Require(identifier, registry);
        try
        {
            return new KeyTarget(provider, await KeyProbe.RunAsync(provider, key, cancellationToken), key.Version is not null);
        }
        catch (KeyUnavailableException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>The newest version of a registry's key, proven to wrap and unwrap.</summary>
    /// <returns>Null when it is the one that wraps already, or the registry stays with one version.</returns>
    /// <exception cref="InvalidValueException">As <see cref="FindAsync"/>.</exception>
    /// <exception cref="OciException">As <see cref="FindAsync"/>.</exception>
    internal async Task<KeyTarget?> FollowAsync(RegistryEncryption encryption, string registry, CancellationToken cancellationToken)
    {
        if (!encryption.FollowsVersions)
            return null;
        var (provider, key) = ring.Providers.Require(encryption.KeyIdentifier, registry);
        try
        {
            if ((await provider.DescribeAsync(key, cancellationToken)).Identifier == encryption.VersionedIdentifier)
                return null;
            return new KeyTarget(provider, await KeyProbe.RunAsync(provider, key, cancellationToken), IsPinned: false);
        }
        catch (KeyUnavailableException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>The key that has wrapped a root key, in the version that it was; not what the registry says, which may just be changing.</summary>
    /// <exception cref="InvalidValueException">It is refused.</exception>
    /// <exception cref="OciException"><c>Unavailable</c>: its key store gave no answer.</exception>
    internal async Task<KeyTarget> OfAsync(RootKeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            var provider = ring.Providers.Find(row.Provider);
            return new KeyTarget(provider, await KeyProbe.RunAsync(provider, new KeyReference(row.Wrapped.Key, row.Wrapped.KeyVersion), cancellationToken), IsPinned: true);
        }
        catch (KeyUnavailableException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>Wraps all root keys of a registry by the target, without writing them.</summary>
    /// <exception cref="InvalidValueException">The key that they are under is refused: it is needed once more.</exception>
    internal async Task<KeyMove> PrepareMoveAsync(Guid registry, KeyTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await KeyMoves.PrepareAsync(database, ring.Providers, registry, target, cancellationToken);
        }
        catch (KeyUnavailableException e)
        {
            throw Explain(e);
        }
    }

    private static Exception Explain(KeyUnavailableException e) => e.Failure == KeyFailure.Unreachable
        ? new OciException(OciErrors.Unavailable, $"{e.Message} Nothing was changed; try again later.", inner: e)
        : new InvalidValueException($"{e.Message} Nothing was changed.");
}
