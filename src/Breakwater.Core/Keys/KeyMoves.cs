using System.Security.Cryptography;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Keys;

/// <summary>
/// Wraps root keys anew, under another key or another version. Nothing is written until the new wrapping has been unwrapped again and gave the same
/// key; then one transaction exchanges the rows. Whatever happens in between, the old wrapping stands.
/// </summary>
internal static class KeyMoves
{
    /// <param name="which">Rows that may be moved; null: all.</param>
    /// <returns>The move, to be applied by the transaction of the change. Rows that the target has wrapped already are left out.</returns>
    /// <exception cref="KeyUnavailableException">The old key or the new one cannot be used.</exception>
    public static async Task<KeyMove> PrepareAsync(IMetadataDatabase database, KeyProviders providers, Guid ownerId, KeyTarget target, CancellationToken cancellationToken, Func<RootKeyRow, bool>? which = null)
    {
        var rows = await database.ReadAsync(db => Task.FromResult(RootKeyRows.ReadAll(db, ownerId)));
        var steps = new List<(RootKeyRow Before, RootKeyRow After)>();
        foreach (var row in rows.Where(row => !IsUnder(row, target) && (which is null || which(row))))
            steps.Add((row, await WrapAgainAsync(providers, ownerId, row, target, cancellationToken)));
        return new KeyMove(ownerId, target.Version, steps, rows);
    }

    /// <exception cref="KeyUnavailableException">The key store says no, gives no answer, or unwraps something else than was wrapped.</exception>
    public static async Task<RootKey> UnwrapAsync(KeyProviders providers, Guid ownerId, RootKeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await providers.Find(row.Provider).UnwrapAsync(row.Wrapped, RootKey.Context(ownerId, row.Epoch), cancellationToken);
            var key = new RootKey(ownerId, row.Epoch, bytes);
            if (CryptographicOperations.FixedTimeEquals(key.CheckValue(), row.CheckValue))
                return key;
            key.Zero();
            throw new KeyUnavailableException("A root key was unwrapped to another value than was wrapped.");
        }
        catch (KeyUnavailableException e) when (e.Failure == KeyFailure.Damaged && row.RowCheck is { } check)
        {
            throw check.AsSpan().SequenceEqual(row.ComputeRowCheck())
                ? new KeyUnavailableException($"The key store '{row.Provider}' holds another key than before under {row.Wrapped.Key}, version {row.Wrapped.KeyVersion}: the row is as it was written. Restore the key.", e, KeyFailure.WrongKey)
                : new KeyUnavailableException($"The row of the root key of {ownerId:N}, epoch {row.Epoch}, was changed since it was written. Restore the database from a backup.", e);
        }
    }

    /// <summary>Wraps and proves that it can be unwrapped.</summary>
    public static async Task<WrappedKey> WrapAsync(KeyTarget target, Guid ownerId, int epoch, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var context = RootKey.Context(ownerId, epoch);
        var wrapped = await target.Provider.WrapAsync(target.Version, key, context, cancellationToken);
        var again = await target.Provider.UnwrapAsync(wrapped, context, cancellationToken);
        var isSame = CryptographicOperations.FixedTimeEquals(again, key.Span);
        CryptographicOperations.ZeroMemory(again);
        return isSame ? wrapped : throw new KeyUnavailableException($"The key {target.Version.Identifier} unwraps to another value than it wrapped. Nothing was changed.");
    }

    private static bool IsUnder(RootKeyRow row, KeyTarget target) =>
        row.Provider == target.Provider.Name && row.Wrapped.Key == target.Version.Key && row.Wrapped.KeyVersion == target.Version.Version;

    private static async Task<RootKeyRow> WrapAgainAsync(KeyProviders providers, Guid ownerId, RootKeyRow row, KeyTarget target, CancellationToken cancellationToken)
    {
        var key = await UnwrapAsync(providers, ownerId, row, cancellationToken);
        var bytes = key.Copy();
        try
        {
            return row with { Provider = target.Provider.Name, Wrapped = await WrapAsync(target, ownerId, row.Epoch, bytes, cancellationToken) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            key.Zero();
        }
    }
}
