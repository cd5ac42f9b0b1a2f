using System.Collections.Concurrent;
using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
/// <summary>The open sessions: in memory while they are used, in the database so that they outlive the process.</summary>
internal sealed class UploadTable(IMetadataDatabase database, RepositoryStore repositories, RunReader runs, StorageQuota quota, TimeProvider clock)
#pragma warning restore CA1001
{
    // A second request waits this long for the one that holds the session: a client that lost its connection comes back before the
    // server has noticed.
    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, UploadSession> _sessions = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly UnusedUploads _unused = new();

    public UploadSession Start(Repository repository, Principal principal, DigestAlgorithm algorithm)
    {
        var now = clock.GetUtcNow();
        var session = new UploadSession
        {
            Id = Guid.NewGuid(),
            RegistryId = repository.RegistryId,
            RepositoryId = repository.Id,
            PrincipalId = principal.Id,
            CreatedAt = now,
            LastUsed = now,
            Algorithm = algorithm,
        };
        _sessions[session.Id] = session;
        if (_unused.Add(session) is { } oldest)
            CloseUnused(oldest);
        return session;
    }

    /// <summary>Gives the session to one request, until the lease is disposed.</summary>
    /// <exception cref="OciException">
    /// <c>BlobUploadUnknown</c>: there is none, or it is another repository's or principal's; <c>BlobUploadBusy</c>: another request holds it.
    /// </exception>
    public async Task<UploadLease> TakeAsync(RepositoryAccess access, Guid id, CancellationToken cancellationToken)
    {
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        var repository = await repositories.FindAsync(access);
        var session = await FindAsync(id, cancellationToken);
        if (repository is null || session is null || session.RepositoryId != repository.Id || session.PrincipalId != access.Principal.Id)
            throw new OciException(OciErrors.BlobUploadUnknown);
        if (!await session.Gate.WaitAsync(GateTimeout, cancellationToken))
            throw new OciException(OciErrors.BlobUploadBusy);
        if (session.IsClosed)
        {
            session.Gate.Release();
            throw new OciException(OciErrors.BlobUploadUnknown);
        }
        session.LastUsed = clock.GetUtcNow();
        return new UploadLease(session, repository);
    }

    /// <summary>Ends a session that its caller holds.</summary>
    public void Close(UploadSession session)
    {
        session.IsClosed = true;
        quota.Trim(session.RegistryId, session.Reserved, 0);
        session.ForgetHash();
        _sessions.TryRemove(session.Id, out _);
    }

    /// <summary>Writes what only memory knows of the sessions, before the process ends.</summary>
    public async Task SaveAsync()
    {
        foreach (var session in _sessions.Values)
        {
            if (!await session.Gate.WaitAsync(GateTimeout))
                continue;
            try
            {
                if (!session.IsClosed)
                    await database.WriteAsync(db => Save(db, session));
            }
            catch (OciException)
            {
                // That one is lost, and its client begins again; the others are not.
            }
            finally
            {
                session.Gate.Release();
            }
        }
    }

    // One that is in use, or has content by now, stays.
    private void CloseUnused(UploadSession session)
    {
        if (!session.Gate.Wait(0))
            return;
        if (session is { Runs.Count: 0, IsStored: false })
            Close(session);
        session.Gate.Release();
    }

    private static bool Save(DbConnection db, UploadSession session)
    {
        if (!UploadRows.Save(db, session))
            return false;
        foreach (var run in session.Runs)
            UploadRows.SaveRun(db, session, run.Sequence, run.ObjectId, run.Epoch, run.SizeBytes);
        return true;
    }

    /// <summary>Sessions that are in memory and were not used since <paramref name="before"/>.</summary>
    public IReadOnlyList<UploadSession> Idle(DateTimeOffset before) => [.. _sessions.Values.Where(s => s.LastUsed < before)];

    /// <summary>The objects that open sessions write to or have written: no row may mean them yet.</summary>
    public IReadOnlySet<Guid> HeldObjects()
    {
        var held = new HashSet<Guid>();
        foreach (var session in _sessions.Values)
        {
            if (session.Open is { } open)
                held.Add(open.Id);
            foreach (var run in session.Runs)
                held.Add(run.ObjectId);
        }
        return held;
    }

    /// <summary>The sessions of a registry that are in memory.</summary>
    public IReadOnlyList<Guid> Of(Guid registryId) => [.. _sessions.Values.Where(session => session.RegistryId == registryId).Select(session => session.Id)];

    public bool IsOpen(Guid id) => _sessions.ContainsKey(id);

    /// <returns>Null when there is none.</returns>
    internal async Task<UploadSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_sessions.TryGetValue(id, out var session))
            return session;
        // One load at a time: two copies of one session could each give the other's files away.
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _sessions.TryGetValue(id, out session) ? session : await LoadAsync(id, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<UploadSession?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(db => UploadRows.FindAsync(db, id)) is not { } stored)
            return null;
        await runs.RecoverAsync(stored, cancellationToken);
        stored.LastUsed = clock.GetUtcNow();
        // In turn with the units that end sessions: one that ended while its runs were read must not come back.
        quota.Restore(stored.RegistryId, stored.Reserved, stored.SizeBytes);
        var session = await database.WriteAsync(db => UploadRows.Exists(db, id) ? _sessions.GetOrAdd(id, stored) : null);
        if (!ReferenceEquals(session, stored))
            quota.Trim(stored.RegistryId, stored.Reserved, 0);
        return session;
    }
}
