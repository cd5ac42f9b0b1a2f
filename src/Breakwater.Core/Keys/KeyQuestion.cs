namespace Breakwater.Core.Keys;

/// <summary>Asks a key store whether a key may be used, by unwrapping with it. Nothing is kept of what it unwraps.</summary>
internal static class KeyQuestion
{
    // One damaged row says nothing about the key; nor do some.
    private const int RowsTried = 3;

    /// <param name="rows">Some that the key wraps.</param>
    /// <returns>What the store says against it, or that it says nothing; null when the key may be used.</returns>
    public static async Task<KeyUnavailableException?> AskAsync(KeyProviders providers, IEnumerable<(Guid OwnerId, RootKeyRow Row)> rows, CancellationToken cancellationToken)
    {
        foreach (var (owner, row) in rows.Take(RowsTried))
        {
            try
            {
                (await KeyMoves.UnwrapAsync(providers, owner, row, cancellationToken)).Zero();
                return null;
            }
            catch (KeyUnavailableException e) when (e.IsOfTheStore)
            {
                return e;
            }
            catch (KeyUnavailableException)
            {
                // Whoever loads it is told.
            }
        }
        return null;
    }
}
