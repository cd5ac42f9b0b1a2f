using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Manifests;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tags;
using Breakwater.Oci;

namespace Breakwater.Core.Policies;

/// <summary>
/// What locks and policies would refuse now, by the functions that refuse it. What a pushed manifest would be is not known: of a push only its tag
/// counts, and what that means now.
/// </summary>
internal static class ContentObstacles
{
    /// <param name="repository">Null: there is none of that name, and so nothing that could be locked.</param>
    /// <param name="reference">Null: the repository itself.</param>
    public static ImmutableArray<ContentObstacle> Find(DbConnection db, PolicyGuard guard, Repository? repository, RepositoryActions actions, ManifestReference? reference) =>
    [
        .. Checks(db, guard, repository, actions, reference).Select(Ask).OfType<ContentObstacle>().Distinct(),
    ];

    private static IEnumerable<Action> Checks(DbConnection db, PolicyGuard guard, Repository? repository, RepositoryActions actions, ManifestReference? reference)
    {
        // A restore sets tags as a push does.
        var sets = (actions & (RepositoryActions.Push | RepositoryActions.DeletedRestore)) != 0;
        if (sets && reference?.Tag is { } pushed)
            yield return () => guard.PushUnder(pushed);
        if (repository is null)
            yield break;
        if (actions.HasFlag(RepositoryActions.Pull))
        {
            yield return () => repository.Refuse(ItemLocks.Read);
            yield return () => RefuseItem(db, repository, reference, ItemLocks.Read);
        }
        if (sets)
        {
            yield return () => repository.Refuse(ItemLocks.Write);
            yield return () => RefuseItem(db, repository, reference, ItemLocks.Write);
            yield return () => RefuseMove(db, guard, repository, reference);
        }
        if (actions.HasFlag(RepositoryActions.Delete))
        {
            yield return () => repository.Refuse(ItemLocks.Delete);
            yield return () => RefuseDeletion(db, guard, repository, reference);
        }
    }

    private static void RefuseItem(DbConnection db, Repository repository, ManifestReference? reference, ItemLocks operation)
    {
        if (reference?.Tag is { } tag)
            TagRows.RefuseLocked(db, repository.Id, tag, operation);
        else if (reference?.Digest is { } digest && ManifestRows.FindSize(db, repository.Id, digest) is { } manifest)
            Locked.Refuse(manifest.Locks, operation, "manifest", digest.Value);
    }

    private static void RefuseMove(DbConnection db, PolicyGuard guard, Repository repository, ManifestReference? reference)
    {
        if (reference?.Tag is { } tag && TagRows.Find(db, repository.Id, tag) is { } before)
            guard.Move(tag, before);
    }

    private static void RefuseDeletion(DbConnection db, PolicyGuard guard, Repository repository, ManifestReference? reference)
    {
        if (reference is null)
            RepositoryDeletion.Refuse(db, guard, repository);
        else if (reference.Tag is { } tag)
            TagRows.RefuseDeletion(db, guard, repository.Id, tag);
        else if (ManifestRows.FindSize(db, repository.Id, reference.Digest!) is { } manifest)
            ManifestRows.RefuseDeletion(db, guard, repository.Id, reference.Digest!, manifest);
    }

    private static ContentObstacle? Ask(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (DisallowedException e)
        {
            return e.Obstacle;
        }
        catch (AccessDeniedException e)
        {
            return e.Obstacle;
        }
    }
}
