using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>Pushing a blob: start, append, ask, cancel, commit; or mount one that another repository has.</summary>
public sealed class BlobUploads
{
    private readonly IMetadataDatabase _database;
    private readonly CoherentCache _cache;
    private readonly RepositoryStore _repositories;
    private readonly Leases _leases;
    private readonly UploadTable _table;
    private readonly RunWriter _writer;
    private readonly RunReader _reader;

    public BlobUploads(IMetadataDatabase database, CoherentCache cache, RepositoryStore repositories, BlobVault vault, Leases leases, StorageQuota quota, TimeProvider clock)
    {
        _database = database;
        _cache = cache;
        _repositories = repositories;
        _leases = leases;
        _writer = new RunWriter(database, vault, quota);
        _reader = new RunReader(database, vault, clock);
        _table = new UploadTable(database, repositories, _reader, quota, clock);
    }

    internal UploadTable Table => _table;

    /// <param name="algorithm">Of the digest that will name the blob; another one costs a second read of the content.</param>
    public async Task<UploadStatus> StartAsync(RepositoryAccess access, DigestAlgorithm algorithm)
    {
        var repository = await _repositories.GetOrCreateAsync(access);
        return Status(_table.Start(repository, access.Principal, algorithm));
    }

    public async Task<UploadStatus> FindAsync(RepositoryAccess access, Guid id, CancellationToken cancellationToken)
    {
        using var lease = await _table.TakeAsync(access, id, cancellationToken);
        return Status(lease.Session);
    }

    /// <summary>Takes one chunk.</summary>
    /// <param name="first">Where the chunk starts; null: at the end of what there is.</param>
    /// <exception cref="OciException"><c>Denied</c>: the registry is full; what is stored of the upload stays. <c>RangeInvalid</c> when it does not start at the end of what there is.</exception>
    public async Task<UploadStatus> AppendAsync(RepositoryAccess access, Guid id, long? first, UploadBody body, CancellationToken cancellationToken)
    {
        using var lease = await _table.TakeAsync(access, id, cancellationToken);
        lease.Repository.Refuse(ItemLocks.Write);
        var session = lease.Session;
        await AppendAsync(access.Registry, session, first, body, save: true, cancellationToken);
        return Status(session);
    }

    /// <summary>Takes the rest of the content, if there is any, and publishes the blob under its digest.</summary>
    /// <exception cref="OciException"><c>DigestInvalid</c>: the content has another digest; the session ends and nothing is linked. <c>Denied</c>: the registry is full; the session stays as it was.</exception>
    public async Task<long> CommitAsync(RepositoryAccess access, Guid id, Digest digest, long? first, UploadBody body, CancellationToken cancellationToken)
    {
        using var lease = await _table.TakeAsync(access, id, cancellationToken);
        lease.Repository.Refuse(ItemLocks.Write);
        var session = lease.Session;
        if (session.SizeBytes == 0 && session.Algorithm != digest.Algorithm)
            session.Restart(digest.Algorithm);
        await AppendAsync(access.Registry, session, first, body, save: false, cancellationToken);
        var actual = await DigestAsync(session, digest.Algorithm, cancellationToken);
        if (actual != digest)
        {
            await DiscardAsync(session);
            throw new OciException(OciErrors.DigestInvalid, $"The content's digest is {actual}, not {digest}. Nothing was stored; start the upload again.");
        }
        await PublishAsync(access.Registry, lease, digest, cancellationToken);
        _table.Close(session);
        return session.SizeBytes;
    }

    public async Task CancelAsync(RepositoryAccess access, Guid id, CancellationToken cancellationToken)
    {
        using var lease = await _table.TakeAsync(access, id, cancellationToken);
        await DiscardAsync(lease.Session);
    }

    /// <summary>Links a blob that <paramref name="source"/>, a repository of the same registry, links.</summary>
    /// <returns>False when it does not, or may not be read.</returns>
    public async Task<bool> MountAsync(RepositoryAccess access, RepositoryAccess source, Digest digest)
    {
        source.Demand(RepositoryActions.Pull);
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        if (source.Registry.Id != access.Registry.Id || await _repositories.FindAsync(source) is not { } from || from.Locks.HasFlag(ItemLocks.Read))
            return false;
        var to = await _repositories.GetOrCreateAsync(access);
        var mounted = await _database.WriteAsync(db => BlobPublication.Mount(db, from, to, digest, _leases));
        if (mounted)
            _cache.Invalidate(new BlobKey(to.Id, digest.Value));
        return mounted;
    }

    /// <summary>Names of repositories that link a blob, for a mount that names none. The caller needs a right to each that is used.</summary>
    public Task<IReadOnlyList<RepositoryName>> FindSourcesAsync(RepositoryAccess access, Digest digest)
    {
        access.Demand(RepositoryActions.Pull | RepositoryActions.Upload);
        return _database.ReadAsync(db => BlobPublication.FindSourcesAsync(db, access.Registry.Id, digest));
    }

    /// <summary>Before the process ends: sessions that only memory knows are written down.</summary>
    public Task SaveAsync() => _table.SaveAsync();

    internal async Task DiscardAsync(UploadSession session)
    {
        var now = _leases.Now;
        await _database.WriteAsync(db => BlobPublication.Discard(db, session, now));
        _table.Close(session);
    }

    private async Task AppendAsync(Registry registry, UploadSession session, long? first, UploadBody body, bool save, CancellationToken cancellationToken)
    {
        if (first is { } start && start != session.SizeBytes)
            throw new OciException(OciErrors.RangeInvalid, $"The chunk starts at {start}, but the upload has {session.SizeBytes} bytes.");
        if (session.Hash is null)
            await _reader.RebuildHashAsync(session, cancellationToken);
        await _writer.WriteAsync(registry, session, body, save, cancellationToken);
    }

    private async Task<Digest> DigestAsync(UploadSession session, DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (session.Algorithm != algorithm)
        {
            session.Algorithm = algorithm;
            await _reader.RebuildHashAsync(session, cancellationToken);
        }
        return Digest.FromHash(algorithm, session.Hash!.GetCurrentHash());
    }

    private async Task PublishAsync(Registry registry, UploadLease lease, Digest digest, CancellationToken cancellationToken)
    {
        var session = lease.Session;
        IReadOnlyList<UploadRun> content;
        try
        {
            content = RunReader.CanStayApart(session.Runs) ? [.. session.Runs] : [await _reader.JoinAsync(session.RegistryId, session.Runs, cancellationToken)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.ToOciException(e);
        }
        foreach (var changed in await _database.WriteAsync(db => BlobPublication.Publish(db, registry, lease, digest, content, _leases)))
            _cache.Invalidate(changed);
    }

    private static UploadStatus Status(UploadSession session) => new(session.Id, session.SizeBytes);
}
