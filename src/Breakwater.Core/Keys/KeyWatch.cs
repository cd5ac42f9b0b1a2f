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

    // One damaged row says nothing about the key; nor do some.
    private const int RowsTried = 3;

    private readonly Dictionary<Guid, long> _silentSince = [];
    private Dictionary<Guid, KeyFailure> _told = [];

    /// <summary>Asks once. Not to be called again before it has ended.</summary>
    /// <returns>Whose standing has changed.</returns>
    public async Task<IReadOnlyList<KeyStandingChange>> CheckAsync(CancellationToken cancellationToken)
    {
        var uses = await database.ReadAsync(db => Task.FromResult(RootKeyRows.ReadUses(db)));
        var problems = new ConcurrentDictionary<Guid, KeyUnavailableException>();
        await Parallel.ForEachAsync(uses, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (use, stop) =>
        {
            if (await AskAsync(use, stop) is not { } problem)
            {
                await HoldAsync(use, stop);
                return;
            }
            foreach (var (owner, _) in use.Rows)
                problems.AddOrUpdate(owner, problem, (_, other) => other.Failure == KeyFailure.Refused ? other : problem);
        });
        return Apply(problems);
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

    private async Task<KeyUnavailableException?> AskAsync(KeyUse use, CancellationToken cancellationToken)
    {
        foreach (var (owner, row) in use.Rows.Take(RowsTried))
        {
            try
            {
                (await KeyMoves.UnwrapAsync(ring.Providers, owner, row, cancellationToken)).Zero();
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

    private List<KeyStandingChange> Apply(ConcurrentDictionary<Guid, KeyUnavailableException> problems)
    {
        foreach (var (owner, problem) in problems.Where(entry => !IsTolerated(entry.Key, entry.Value) && ring.ProblemOf(entry.Key)?.Failure != entry.Value.Failure))
            ring.Block(owner, problem);
        foreach (var owner in ring.Blocked.Keys.Where(owner => !problems.ContainsKey(owner)).ToList())
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
