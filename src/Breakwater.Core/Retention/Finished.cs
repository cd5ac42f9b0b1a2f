namespace Breakwater.Core.Retention;

/// <summary>Removals that run together.</summary>
internal static class Finished
{
    /// <summary>Waits for all of them and tells of those that removed something, also when others failed: what is gone must have its record.</summary>
    /// <param name="items">What each is about, in the same order.</param>
    /// <returns>Which removed something.</returns>
    public static async Task<bool[]> AllAsync(IEnumerable<Task<bool>> removals, IReadOnlyList<PurgedItem> items, Func<PurgedItem, ValueTask> removed)
    {
        Task<bool>[] all = [.. removals];
        Task ended = Task.WhenAll(all);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].IsCompletedSuccessfully && await all[i])
                await removed(items[i]);
        }
        return await Task.WhenAll(all);
    }
}
