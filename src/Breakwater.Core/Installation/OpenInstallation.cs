using Breakwater.Core.Audit;
using Breakwater.Core.Blobs;
using Breakwater.Core.Events;
using Breakwater.Core.Keys;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Referrers;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.Retention;
using Breakwater.Core.Rotation;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Storage;
using Breakwater.Core.Tags;
using Breakwater.Core.Tiers;
using Breakwater.Core.Usage;
using Breakwater.Core.Work;
using Dapper;

namespace Breakwater.Core.Installation;

/// <summary>An installation that this process has opened: its stores, put together once.</summary>
public sealed class OpenInstallation : IAsyncDisposable
{
    private readonly FileSystemDriver _driver;
    private readonly DirectoryLock _lock;

    private OpenInstallation(DataDirectory directory, DirectoryLock heldLock, Guid id, RegistryDirectory registries, ResourceGroupDirectory groups, SqliteDatabase database, KeyRing keys, SecretBox secrets, AuditLog audit, InstallationOptions options, TimeProvider clock, FileSystemDriver driver)
    {
        Directory = directory;
        _lock = heldLock;
        _driver = driver;
        Id = id;
        Registries = registries;
        Groups = groups;
        Keys = keys;
        Tiers = options.Tiers;
        Database = database;
        Secrets = secrets;
        Audit = audit;
        Cache = new CoherentCache(options.CacheBytes);
        Vault = new BlobVault(driver, keys);
        Outbox = new EventOutbox(database, id, clock);
        Repositories = new RepositoryStore(database, Cache, Outbox, clock);
        var leases = new Leases(database, clock, options.CleanUp);
        var damaged = new DamagedObjects(database, Cache, clock);
        Blobs = new BlobStore(database, Cache, Repositories, Vault, leases, damaged);
        Quota = new StorageQuota(database);
        Uploads = new BlobUploads(database, Cache, Repositories, Vault, leases, Quota, clock);
        Pulls = new PullCounts(database, clock);
        Manifests = new ManifestStore(database, Cache, Repositories, Vault, Outbox, Pulls, clock);
        Tags = new TagStore(database, Cache, Repositories, clock);
        RepositoryProperties = new RepositoryPropertyStore(database, Repositories, clock);
        TagProperties = new TagPropertyStore(database, Cache, Repositories, clock);
        ManifestProperties = new ManifestPropertyStore(database, Cache, Repositories, Manifests, Blobs, clock);
        Referrers = new ReferrerStore(database, Repositories, Vault);
        CleanUp = new CleanUp(database, Cache, keys, Vault, Uploads, clock, options.CleanUp);
        Verification = new Verification(database, Vault, keys, damaged, new AuditVerification(database, secrets, id, audit, clock), clock);
        Backups = new Backups(directory, database, CleanUp, id);
        PrivateConnections = new PrivateConnections(database, registries, clock);
        Erasure = new RegistryErasure(database, keys, PrivateConnections, Cache, clock);
        Retention = new RetentionRun(database, registries, keys, Manifests, clock);
        Purge = new ArtifactPurge(database, keys, Manifests, Tags, Pulls, clock);
        Deleted = new DeletedArtifacts(database);
        Restore = new ArtifactRestore(database, Cache, Repositories, Outbox, clock);
        BinExpiry = new BinExpiry(database, registries, keys, clock);
        BinPurge = new BinPurge(database, keys, clock);
        Rotation = new RotationRun(database, registries, keys, Cache, Vault, damaged, Uploads, options.Rotation, clock);
        Reopening = new RegistryReopening(database, registries, audit, clock);
    }

    public DataDirectory Directory { get; }

    public Guid Id { get; }

    public RegistryDirectory Registries { get; }

    public ResourceGroupDirectory Groups { get; }

    public KeyRing Keys { get; }

    public TierCatalog Tiers { get; }

    public SqliteDatabase Database { get; }

    public SecretBox Secrets { get; }

    public AuditLog Audit { get; }

    public CoherentCache Cache { get; }

    public BlobVault Vault { get; }

    public EventOutbox Outbox { get; }

    public RepositoryStore Repositories { get; }

    public BlobStore Blobs { get; }

    public StorageQuota Quota { get; }

    public BlobUploads Uploads { get; }

    public PullCounts Pulls { get; }

    public ManifestStore Manifests { get; }

    public TagStore Tags { get; }

    public RepositoryPropertyStore RepositoryProperties { get; }

    public TagPropertyStore TagProperties { get; }

    public ManifestPropertyStore ManifestProperties { get; }

    public ReferrerStore Referrers { get; }

    public CleanUp CleanUp { get; }

    public Verification Verification { get; }

    public Backups Backups { get; }

    public PrivateConnections PrivateConnections { get; }

    public RegistryErasure Erasure { get; }

    public RetentionRun Retention { get; }

    public ArtifactPurge Purge { get; }

    public DeletedArtifacts Deleted { get; }

    public ArtifactRestore Restore { get; }

    public BinExpiry BinExpiry { get; }

    public BinPurge BinPurge { get; }

    public RotationRun Rotation { get; }

    public RegistryReopening Reopening { get; }

    /// <summary>Opens the installation in <paramref name="directory"/>, whose lock the caller has taken and gives up; lays it out on the first start.</summary>
    /// <exception cref="WrongVolumeException">The directory or the object store is not this installation's, or parts are missing. Nothing was changed.</exception>
    /// <exception cref="KeyUnavailableException">The key file is absent or another installation's.</exception>
    public static async Task<OpenInstallation> OpenAsync(
        DataDirectory directory, DirectoryLock heldLock, InstallationOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!directory.IsInstalled)
        {
            if (options.ExpectedId is { } expected)
                throw new WrongVolumeException($"{directory.Path} holds no installation, but {expected} is expected. Mount its volume.");
            await FirstStart.RunAsync(directory, clock, cancellationToken);
        }
        return await OpenExistingAsync(directory, heldLock, options, clock, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await Database.DisposeAsync();
        Outbox.Dispose();
        Cache.Dispose();
        _driver.Dispose();
        _lock.Dispose();
    }

    private static async Task<OpenInstallation> OpenExistingAsync(
        DataDirectory directory, DirectoryLock heldLock, InstallationOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = InstallationFile.Read(directory.InstallationFile).Id;
        if (options.ExpectedId is { } expected && expected != id)
            throw new WrongVolumeException($"{directory.Path} holds installation {id}, but {expected} is expected. Mount its volume.");
        FirstStart.Finish(directory);
        if (!File.Exists(directory.Database))
            throw new WrongVolumeException($"{directory.Database} is missing. Restore it from a backup; the objects alone cannot be served.");
        var driver = FileSystemDriver.Open(directory.Objects, id, options.MinFreeBytes);
        var provider = KeyFileProvider.Open(directory.KeyFile);
        var database = SqliteDatabase.Open(directory.Database, options.OnFatal);
        try
        {
            var keys = new KeyRing(database, new KeyProviders(provider, options.KeyStores, clock), clock);
            await keys.CurrentAsync(id, cancellationToken);
            await RequireOwnAsync(database, id, directory);
            var registries = new RegistryDirectory(await database.ReadAsync(db => Task.FromResult(RegistryRow.ReadAll(db, options.Tiers))), options.Domain, options.PlainHosts);
            // A customer's key store may be away or say no; that is that registry's matter and keeps no other from being served.
            if (registries.First.Encryption is null)
                await keys.CurrentAsync(registries.First.Id, cancellationToken);
            var groups = new ResourceGroupDirectory(await database.ReadAsync(db => Task.FromResult(ResourceGroupRow.ReadAll(db))));
            var secrets = new SecretBox(keys, id);
            var audit = await AuditLog.OpenAsync(database, secrets, id, options.Audit, clock, cancellationToken);
            var opened = new OpenInstallation(directory, heldLock, id, registries, groups, database, keys, secrets, audit, options, clock, driver);
            await opened.Outbox.RefreshAsync();
            await UnclassifiedManifests.ClassifyAsync(database, opened.Vault, cancellationToken);
            return opened;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static async Task RequireOwnAsync(SqliteDatabase database, Guid id, DataDirectory directory)
    {
        var owner = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<string>("SELECT id FROM installation"));
        if (owner != id.ToString("N"))
            throw new WrongVolumeException($"{directory.Database} belongs to another installation.");
    }
}
