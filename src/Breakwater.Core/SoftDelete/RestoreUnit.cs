using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Core.Manifests;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tags;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.SoftDelete;

/// <summary>The transaction of one restore, and what it changed.</summary>
internal sealed class RestoreUnit(DbConnection db, RepositoryAccess access, DateTimeOffset now, bool force)
{
    private readonly PolicyGuard _guard = PolicyGuard.Of(db, access);

    public Repository Repository { get; private set; } = new(Guid.Empty, access.Registry.Id, access.Repository, ItemLocks.None);

    public List<Digest> Manifests { get; } = [];

    public List<TagName> Tags { get; } = [];

    public List<string> Blobs { get; } = [];

    /// <returns>Null when there is nothing to restore; then nothing was changed.</returns>
    public RestoredManifest? Run(Digest digest, TagName? tag, EventOutbox outbox, EventRequest? request)
    {
        if (BinManifest.Find(db, BinKey.Of(Repository, digest.Value)) is { } deleted)
            RestoreManifest(digest, deleted, tag);
        else if (tag is null || !TryRestoreTag(digest, tag))
            return null;
        var manifest = ManifestRows.FindSize(db, Repository.Id, digest)!;
        outbox.Restored(db, access, Manifests.Count == 0 ? [digest] : Manifests, Repository.Id, Tags, request);
        return new RestoredManifest(digest, manifest.MediaType, Manifests, Tags);
    }

    private void RestoreManifest(Digest digest, BinManifest deleted, TagName? tag)
    {
        var tags = TagsOf(digest, tag is null ? deleted.DeletedAt : null);
        Enter();
        RestoreWithChildren(digest);
        RequireSubjects();
        if (tag is not null)
            tags = [tags.FirstOrDefault(row => row.Name == tag.Value) ?? new DeletedTagRow { Name = tag.Value, CreatedAt = now }];
        SetTags(digest, tags);
    }

    // The manifest was never deleted, or was pushed anew.
    private bool TryRestoreTag(Digest digest, TagName tag)
    {
        if (TagsOf(digest, null).FirstOrDefault(row => row.Name == tag.Value) is not { } row || RepositoryRows.Find(db, access.Registry.Id, access.Repository) is not { } there)
            return false;
        if (ManifestRows.FindSize(db, there.Id, digest) is not { } manifest)
            return false;
        Enter();
        Locked.Refuse(manifest.Locks, ItemLocks.Write, "manifest", digest.Value);
        _guard.Restore(digest.Value, manifest.SignatureKind);
        SetTags(digest, [row]);
        return true;
    }

    private void Enter()
    {
        Repository = RepositoryRows.FindOrCreate(db, access.Registry.Id, access.Repository, now);
        RepositoryRows.RefuseOrTouch(db, Repository, ItemLocks.Write, now);
    }

    // Breadth first; a digest cannot name itself, so it ends.
    private void RestoreWithChildren(Digest root)
    {
        for (var waiting = new Queue<string>([root.Value]); waiting.TryDequeue(out var next);)
        {
            var key = BinKey.Of(Repository, next);
            if (BinManifest.Find(db, key) is not { } manifest)
                continue;
            _guard.Restore(next, manifest.SignatureKind);
            foreach (var child in BinManifest.ChildrenOf(db, key))
                waiting.Enqueue(child);
            Blobs.AddRange(BinReturn.Unlinked(db, key).Select(blob => blob.Digest));
            BinReturn.Restore(db, key, now);
            Manifests.Add(Digest.Parse(next));
        }
    }

    // As with ACR. One that is nowhere is no obstacle: nothing could bring it back, and a push of the same would be taken too.
    private void RequireSubjects()
    {
        foreach (var manifest in Manifests)
        {
            if (BinManifest.FindDeletedSubject(db, BinKey.Of(Repository, manifest.Value)) is { } subject)
                throw new OciException(RestoreErrors.SubjectDeleted, $"Manifest {manifest} refers to {subject}, which is deleted too. Restore that first.");
        }
    }

    private void SetTags(Digest digest, IReadOnlyList<DeletedTagRow> rows)
    {
        foreach (var row in rows)
        {
            var tag = TagName.Parse(row.Name);
            _guard.PushUnder(tag);
            var before = TagRows.Find(db, Repository.Id, tag);
            if (before is not null && before.Digest != digest.Value)
                MakeWay(tag, before);
            TagRows.Set(db, _guard, Repository.Id, tag, digest, now);
            if (before is null)
                GiveAttributes(row);
            BinRemoval.ForgetTag(db, Repository, tag, digest);
            Tags.Add(tag);
        }
    }

    private void MakeWay(TagName tag, TagLockRow before)
    {
        if (!force)
            throw new OciException(RestoreErrors.TagInUse, $"Tag {tag} means {before.Digest} now. Restore with force to move it, or under another tag.");
        if (_guard.KeepsDeleted)
            BinIntake.Keep(db, Repository, tag, now);
    }

    private void GiveAttributes(DeletedTagRow row) => db.Execute(
        $"UPDATE tag SET created_at = @CreatedAt, {ItemLockColumns.FromValue} WHERE repository_id = @Id AND name = @Name",
        new { row.CreatedAt, locks = (int)row.Locks, Repository.Id, row.Name });

    /// <param name="deletedAt">Only those that went at that time: with their manifest. Null: all that meant it.</param>
    private List<DeletedTagRow> TagsOf(Digest digest, DateTimeOffset? deletedAt) => db.Query<DeletedTagRow>(
        $"""
        SELECT name, created_at, {ItemLockColumns.Value} AS locks FROM deleted_tag
        WHERE {BinKey.OfManifest} AND (@deletedAt IS NULL OR deleted_at = @deletedAt) ORDER BY name
        """,
        new { Repository.RegistryId, Repository = Repository.Name.Value, Digest = digest.Value, deletedAt }).AsList();
}
