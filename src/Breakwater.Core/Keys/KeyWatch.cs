using System.Collections.Concurrent;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Keys;

/// <summary>
/// Asks the key stores again and again whether the keys in use may still be used, by unwrapping with them. A refusal blocks all that the key wraps; silence
/// does after a while; an answer ends both.
/// </summary>
public sealed class KeyWatch(IMetadataDatabase database, KeyRing ring, KeyWatchOptions options, TimeProvider clock)
{
    private const int AtOnce = 8;

    private readonly Dictionary<Guid, long> _silentSince = [];

    // Closed by CloseAsync, each with the number of its keys that are still to be asked about; empty after the first look.
    private readonly ConcurrentDictionary<Guid, int> _unasked = new();
    private Dictionary<Guid, KeyFailure> _told = [];

    /// <summary>
    /// Before the first look of a process: closes what is under keys of key stores, each until its store has said yes. Much that is asked of a registry needs no
    /// key, so nothing else would find out that it was taken away.
    /// </summary>
    public async Task CloseAsync()
    {
        foreach (var (owner, row) in (await ReadUsesAsync()).SelectMany(use => use.Rows))
        {
            _unasked.AddOrUpdate(owner, 1, (_, count) => count + 1);
            ring.Block(owner, KeyUnavailableException.Unreachable($"The key store '{row.Provider}' has not answered since the start."));
        }
    }

    /// <summary>Asks once. Not to be called again before it has ended.</summary>
    /// <returns>Whose standing has changed.</returns>
    public async Task<IReadOnlyList<KeyStandingChange>> CheckAsync(CancellationToken cancellationToken)
    {
        var blocked = ring.Blocked;
        var problems = new ConcurrentDictionary<Guid, KeyUnavailableException>();
        // Each store apart: one that is slow delays no news of another.
        var stores = (await ReadUsesAsync()).GroupBy(use => use.Rows[0].Row.Provider, StringComparer.Ordinal);
        await Task.WhenAll(stores.Select(uses => Parallel.ForEachAsync(
            uses, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (use, stop) => await AskAsync(use, problems, stop))));
        _unasked.Clear();
        return Apply(problems, blocked);
    }

    private Task<IReadOnlyList<KeyUse>> ReadUsesAsync() => database.ReadAsync(db => Task.FromResult(RootKeyRows.ReadUses(db)));

    private async Task AskAsync(KeyUse use, ConcurrentDictionary<Guid, KeyUnavailableException> problems, CancellationToken cancellationToken)
    {
        if (await KeyQuestion.AskAsync(ring.Providers, use.Rows, cancellationToken) is not { } problem)
        {
            Open(use);
            await HoldAsync(use, cancellationToken);
            return;
        }
        foreach (var (owner, _) in use.Rows)
        {
            problems.AddOrUpdate(owner, problem, (_, other) => other.Failure == KeyFailure.Refused ? other : problem);
            if (_unasked.TryRemove(owner, out _))
                ring.Block(owner, problem);
        }
    }

    // At the first look nobody waits for the answers about others.
    private void Open(KeyUse use)
    {
        foreach (var (owner, _) in use.Rows)
        {
            if (_unasked.ContainsKey(owner) && _unasked.AddOrUpdate(owner, 0, (_, count) => count - 1) == 0)
                ring.Unblock(owner);
        }
    }

    // While the store answers: so that also what is seldom used is in memory when it does not.
    private async Task HoldAsync(KeyUse use, CancellationToken cancellationToken)
    {
        foreach (var (owner, _) in use.Rows.Where(entry => !ring.Holds(entry.OwnerId) && ring.ProblemOf(entry.OwnerId) is null))
        {
            try
            {
                await ring.CurrentAsync(owner, cancellationToken);
            }
            catch (KeyUnavailableException)
            {
                // Whoever needs it is told.
            }
        }
    }

    private List<KeyStandingChange> Apply(ConcurrentDictionary<Guid, KeyUnavailableException> problems, IReadOnlyDictionary<Guid, KeyUnavailableException> before)
    {
        foreach (var (owner, problem) in problems.Where(entry => !IsTolerated(entry.Key, entry.Value) && ring.ProblemOf(entry.Key)?.Failure != entry.Value.Failure))
            ring.Block(owner, problem);
        // What was blocked since the beginning was not asked about, as a registry that was just recovered.
        foreach (var owner in before.Keys.Where(owner => !problems.ContainsKey(owner) && ReferenceEquals(ring.ProblemOf(owner), before[owner])))
            ring.Unblock(owner);
        foreach (var owner in _silentSince.Keys.Where(owner => !problems.TryGetValue(owner, out var problem) || problem.Failure != KeyFailure.Unreachable))
            _silentSince.Remove(owner);
        return Announce();
    }

    // Compared with what was told before: who loads a key may have found out first.
    private List<KeyStandingChange> Announce()
    {
        var now = ring.Blocked;
        List<KeyStandingChange> changes =
        [
            .. now.Where(entry => !_told.TryGetValue(entry.Key, out var told) || told != entry.Value.Failure).Select(entry => new KeyStandingChange(entry.Key, entry.Value)),
            .. _told.Keys.Where(owner => !now.ContainsKey(owner)).Select(owner => new KeyStandingChange(owner, null)),
        ];
        _told = now.ToDictionary(entry => entry.Key, entry => entry.Value.Failure);
        return changes;
    }

    // Silence says nothing: what is in memory serves for a while, and what was refused before stays refused.
    private bool IsTolerated(Guid owner, KeyUnavailableException problem)
    {
        if (problem.Failure != KeyFailure.Unreachable)
            return false;
        _silentSince.TryAdd(owner, clock.GetTimestamp());
        return ring.ProblemOf(owner) is not null || (ring.Holds(owner) && clock.GetElapsedTime(_silentSince[owner]) < options.Grace);
    }
}
