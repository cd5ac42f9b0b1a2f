using Breakwater.Core.Identity;

namespace Breakwater.Core.Registries;

/// <summary>The identity that an owner names with a key, by its client id, is one that the registry has.</summary>
internal static class EncryptionIdentity
{
    /// <summary>What names nobody any more may stay as it is: a deleted identity is no reason to refuse a change of something else.</summary>
    /// <exception cref="InvalidValueException">The message says what to do.</exception>
    public static void Require(PrincipalDirectory directory, Registry before, Registry after)
    {
        if (after.Encryption?.Client is not { } client || Has(directory, after, client))
            return;
        if (client == before.Encryption?.Client && !Has(directory, before, client))
            return;
        throw new InvalidValueException(
            $"properties.encryption.keyVaultProperties.identity is '{client}', which is the client id of none of the registry's user-assigned identities. Give the registry that identity, or name one that it has.");
    }

    private static bool Has(PrincipalDirectory directory, Registry registry, string client) => registry.Identities.Any(identity =>
        identity.PrincipalId is { } id && directory.Find(id) is { } entry && entry.Principal.Name.Equals(client, StringComparison.OrdinalIgnoreCase));
}
