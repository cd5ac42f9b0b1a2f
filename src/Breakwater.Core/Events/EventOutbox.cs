using System.Collections.Frozen;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>
/// Where changes of content leave their events: in the transaction that makes the change, so that there is neither one without the other. A
/// registry that nobody listens to pays one look into memory.
/// </summary>
/// <remarks>
/// One row per event and webhook, and not one that is distributed later: whether a webhook hears of it is decided by what the webhook was in that
/// moment, its order and attempts are its own, and no step in between can be interrupted.
/// </remarks>
public sealed class EventOutbox(IMetadataDatabase database, Guid installationId, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1), _bell = new(0);
    private volatile FrozenSet<Guid> _listening = [];

    /// <summary>Reads anew which registries are listened to. A change of webhooks calls it after its commit and before it is answered.</summary>
    /// <remarks>
    /// What is not yet in the set is not yet acknowledged; what is still in it costs a query that finds nothing. One at a time, each with a state
    /// that is no older than the one before: none puts an old answer in the place of a new one.
    /// </remarks>
    public async Task RefreshAsync()
    {
        await _refreshing.WaitAsync();
        try
        {
            _listening = (await database.ReadAsync(db => db.QueryAsync<Guid>("SELECT DISTINCT registry_id FROM webhook WHERE enabled = 1"))).ToFrozenSet();
        }
        finally
        {
            _refreshing.Release();
        }
        _bell.Release();
    }

    internal bool HasListeners => _listening.Count > 0;

    /// <summary>In the transaction of a push. Each tag is an event of its own; a push by digest alone is one without a tag.</summary>
    internal void Pushed(DbConnection db, RepositoryAccess access, NewManifest manifest, IReadOnlyList<TagName> tags, EventRequest? request)
    {
        if (!IsListenedTo(access))
            return;
        TellPush(db, access, manifest.Digest, manifest.Parsed.MediaType, manifest.SizeBytes, tags, request);
    }

    /// <summary>In the transaction that restores manifests. To who listens it is a push: what can be pulled now could not be before.</summary>
    /// <param name="tags">Of the first one.</param>
    internal void Restored(DbConnection db, RepositoryAccess access, IReadOnlyList<Digest> manifests, Guid repositoryId, IReadOnlyList<TagName> tags, EventRequest? request)
    {
        if (!IsListenedTo(access))
            return;
        foreach (var (digest, index) in manifests.Select((digest, index) => (digest, index)))
        {
            if (ManifestRows.FindSize(db, repositoryId, digest) is { } manifest)
                TellPush(db, access, digest, manifest.MediaType, manifest.SizeBytes, index == 0 ? tags : [], request);
        }
    }

    /// <summary>In the transaction that deletes a manifest.</summary>
    internal void Deleted(DbConnection db, RepositoryAccess access, Digest digest, DeletedManifest deleted, EventRequest? request)
    {
        if (IsListenedTo(access))
            Tell(db, access, request, new RegistryEvent(WebhookActions.Delete, access.Repository, null, digest.Value, deleted.MediaType, null) { Tags = deleted.Tags });
    }

    /// <summary>In the transaction that deletes a repository. It is one event, whatever was in it.</summary>
    internal void Deleted(DbConnection db, RepositoryAccess access, DeletedRepository deleted, EventRequest? request)
    {
        if (IsListenedTo(access))
            Tell(db, access, request, new RegistryEvent(WebhookActions.Delete, access.Repository, null, null, null, null) { Tags = deleted.Tags });
    }

    /// <summary>After the commit: whoever delivers need not wait until it looks by itself.</summary>
    internal void Ring(RepositoryAccess access)
    {
        if (IsListenedTo(access))
            Ring();
    }

    internal void Ring()
    {
        // More than one is more than needed.
        if (_bell.CurrentCount == 0)
            _bell.Release();
    }

    /// <summary>Waits until somebody rings, or for a time.</summary>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        await _bell.WaitAsync(longest, cancellationToken);
        while (_bell.Wait(0, cancellationToken))
        {
            // One look finds what all of them rang for.
        }
    }

    /// <summary>A ping for one webhook.</summary>
    internal NewEvent PingOf(Guid webhookId, PayloadFormat format, Registry registry)
    {
        var id = Guid.NewGuid();
        return new NewEvent(id, webhookId, NewEvent.PingLane(id), WebhookActions.Ping, format, new EventPayload(id, clock.GetUtcNow(), SourceOf(registry)).WritePing(format));
    }

    // A restore may bring more tags than a push sets: then it is one event, which whoever asked for one of them hears too.
    private void TellPush(DbConnection db, RepositoryAccess access, Digest digest, string mediaType, long sizeBytes, IReadOnlyList<TagName> tags, EventRequest? request)
    {
        IReadOnlyList<string?> names = tags.Count is 0 or > ManifestStore.MaxTags ? [null] : [.. tags.Select(tag => tag.Value).Distinct()];
        foreach (var name in names)
        {
            Tell(db, access, request, new RegistryEvent(WebhookActions.Push, access.Repository, name, digest.Value, mediaType, sizeBytes)
            {
                Tags = name is null ? [.. tags.Select(tag => tag.Value)] : [name],
            });
        }
    }

    private bool IsListenedTo(RepositoryAccess access) => _listening.Contains(access.Registry.Id);

    // The rows are asked and not a copy: a webhook that was just deleted must not make the push fail.
    private void Tell(DbConnection db, RepositoryAccess access, EventRequest? request, RegistryEvent happened)
    {
        var payload = new EventPayload(Guid.NewGuid(), clock.GetUtcNow(), SourceOf(access.Registry));
        foreach (var webhook in db.Query<ListenerRow>("SELECT id, scope, actions, payload_format FROM webhook WHERE registry_id = @Id AND enabled = 1", new { access.Registry.Id }))
        {
            if (!webhook.Hears(happened))
                continue;
            var body = payload.Write(webhook.PayloadFormat, happened, request);
            if (!EventRows.TryAdd(db, new NewEvent(payload.Id, webhook.Id, access.Repository.Value, happened.Action, webhook.PayloadFormat, body), payload.Time))
                EventRows.Lose(db, webhook.Id, payload.Time);
        }
    }

    /// <summary>The registry's resource id, as Event Grid's events have it.</summary>
    private string SourceOf(Registry registry) =>
        $"/subscriptions/{installationId:D}/resourceGroups/{registry.GroupName}/providers/Microsoft.ContainerRegistry/registries/{registry.Name}";

    public void Dispose()
    {
        _refreshing.Dispose();
        _bell.Dispose();
    }
}
