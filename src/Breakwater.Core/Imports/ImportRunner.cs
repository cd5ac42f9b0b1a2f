using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;
using Breakwater.Core.Registries;
using Breakwater.Core.Storage;
using Breakwater.Core.Tags;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>
/// Imports images: starts them, bounded in number, keeps their outcomes for a while, ends them when the server stops. All of it is in memory. What a
/// finished blob or manifest brought stays after a failure or a restart; running the import again leaves it out.
/// </summary>
public sealed class ImportRunner(
    ImportStores stores, IMetadataDatabase database, RemoteClients remote, PrincipalDirectory directory, RegistryDirectory registries, KeyRing keys, Bandwidth bandwidth, AuditLog log, ImportLimits limits, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, ImportOperation> _operations = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>What an import failed of that its maker cannot mend. Default: nobody hears of it.</summary>
    public Action<ImportOperation, Exception>? Failed { get; set; }

    /// <summary>Starts an import; it goes on after the request.</summary>
    /// <exception cref="OciException">
    /// <c>Denied</c>; <c>Conflict</c>: a tag is there and may not be moved; <c>SourceNotFound</c>: the caller may not pull the source; <c>TooManyRequests</c>.
    /// </exception>
    public async Task<ImportOperation> StartAsync(ManagementAccess access, ImportOrder order)
    {
        access.Demand(ManagementActions.ImportImage);
        var rights = new ImportRights(access, keepsTags: !order.Force, order.Reaches, directory, registries, keys);
        var source = SourceOf(order, rights);
        var operation = new ImportOperation(Guid.NewGuid(), access.Registry!, access.Caller.Principal.Id);
        try
        {
            foreach (var target in order.Targets)
            {
                var proof = rights.Target(target.Repository);
                if (!order.Force)
                    await RefuseTagsAsync(proof, target.Tags);
            }
        }
        catch (OciException e) when (e.Error == ImportErrors.Conflict)
        {
            throw Named(operation, order, e);
        }
        Admit(operation, () => RunAsync(operation, order, new ImportRun(order, rights, stores, source, bandwidth.Upload(access.Registry!), limits, log, clock)));
        return operation;
    }

    /// <returns>Null when there is none, and for whoever neither started it nor may look at the registry.</returns>
    public ImportOperation? Find(Caller caller, string name)
    {
        ImportOperation? found;
        lock (_lock)
        {
            Forget();
            found = _operations.Values.FirstOrDefault(operation => operation.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        }
        return found is not null && (found.PrincipalId == caller.Principal.Id || ManagementAccess.Decide(caller, found.Registry, ManagementActions.RegistriesRead) is not null) ? found : null;
    }

    /// <summary>Ends what runs, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_lock)
            running = [.. _operations.Values.Select(operation => operation.Ended)];
        await Task.WhenAll(running);
    }

    public void Dispose() => _stop.Dispose();

    private IImportSource SourceOf(ImportOrder order, ImportRights rights)
    {
        if (order.SourceRegistry is { } registry)
        {
            rights.Source(registry, order.SourceRepository);
            return new LocalSource(rights, registry, order.SourceRepository, stores);
        }
        var login = order.Credentials is { } given ? new RemoteLogin(given.Name, given.Password) : null;
        return new RemoteSource(remote.Open(order.Host!, order.SourceRepository.Value, login), limits, clock);
    }

    private async Task RefuseTagsAsync(RepositoryAccess target, IReadOnlyList<TagName> tags)
    {
        if (tags.Count == 0 || await stores.Repositories.FindAsync(target) is not { } repository)
            return;
        var taken = await database.ReadAsync(db => Task.FromResult(tags.FirstOrDefault(tag => TagRows.Find(db, repository.Id, tag) is not null)));
        if (taken is not null)
            throw ImportErrors.TagExists(target.Repository, taken);
    }

    private void Admit(ImportOperation operation, Func<Task> run)
    {
        lock (_lock)
        {
            Forget();
            var running = _operations.Values.Where(other => other.EndedAt is null).ToList();
            if (_stop.IsCancellationRequested || running.Count >= limits.Running || running.Count(other => other.Registry.Id == operation.Registry.Id) >= limits.RunningPerRegistry)
                throw new OciException(OciErrors.TooManyRequests, "As many imports run as the server takes at once. Wait until one has ended.");
            _operations.Add(operation.Id, operation);
            operation.Ended = Task.Run(run);
        }
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        var ended = _operations.Values.Where(operation => operation.EndedAt is not null).OrderByDescending(operation => operation.EndedAt).ToList();
        foreach (var old in ended.Where((operation, place) => place >= limits.Outcomes || now - operation.EndedAt > limits.KeepOutcome))
            _operations.Remove(old.Id);
    }

    // The job runner: whatever an import fails of is its outcome.
    private async Task RunAsync(ImportOperation operation, ImportOrder order, ImportRun run)
    {
        var start = clock.GetTimestamp();
        using var time = new CancellationTokenSource(limits.Duration, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, time.Token);
        OciException? failure = null;
        try
        {
            await run.RunAsync(either.Token);
        }
        catch (Exception e)
        {
            failure = either.IsCancellationRequested ? Ended(time.IsCancellationRequested, e) : Judge(operation, order, e);
        }
        await RecordAsync(operation, order, failure, start);
        lock (_lock)
        {
            operation.Failure = failure;
            operation.EndedAt = clock.GetUtcNow();
        }
    }

    private OciException Ended(bool isTooLong, Exception e) => new(
        ImportErrors.Canceled, isTooLong ? $"The import took more than {limits.Duration.TotalHours:0.#} hours and was ended. What arrived stays; run it again to go on." : null, inner: e);

    private OciException Judge(ImportOperation operation, ImportOrder order, Exception e)
    {
        if (e is OciException { Error: var error } known)
            return error == ImportErrors.Conflict ? Named(operation, order, known) : error == OciErrors.OperationDisallowed ? new OciException(ImportErrors.Conflict, known.ClientMessage, inner: e) : known;
        if (e is KeyUnavailableException closed)
            return closed.ToOciException();
        Failed?.Invoke(operation, e);
        return e is CorruptObjectException ? new OciException(ImportErrors.SourceInvalid, "The source's content is damaged.", inner: e) : new OciException(OciErrors.Internal, inner: e);
    }

    // ACR's words.
    private static OciException Named(ImportOperation operation, ImportOrder order, OciException e) =>
        new(ImportErrors.Conflict, $"Operation {operation.Name} failed. Resource {order.TargetId} {e.ClientMessage}", inner: e);

    private async Task RecordAsync(ImportOperation operation, ImportOrder order, OciException? failure, long start)
    {
        try
        {
            await log.WriteAsync(order.Record with
            {
                Time = clock.GetUtcNow(),
                Status = failure?.Error.Status ?? 200,
                Description = $"{operation.Name} from {order.SourceText}: {failure?.Error.Code ?? "Succeeded"}",
                DurationMs = (long)clock.GetElapsedTime(start).TotalMilliseconds,
            });
        }
        catch (OciException)
        {
            // The log said so, and keeps the record to try again.
        }
    }
}
