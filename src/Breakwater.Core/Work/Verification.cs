using System.Security.Cryptography;
using Breakwater.Core.Audit;
using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Work;

/// <summary>
/// Checks that database, files and digests agree, also while the registry is used: each finding about a file is looked at again before
/// it is reported.
/// </summary>
public sealed class Verification(IMetadataDatabase database, BlobVault vault, KeyRing keys, DamagedObjects damaged, AuditVerification audit, TimeProvider clock)
{
    private const int BufferSize = 64 << 10;

    // What a registry held whose keys are destroyed nobody can read, and its rows are on their way out.
    private const string Readable = "registry_id NOT IN (SELECT id FROM registry WHERE erasing = 1)";

    /// <param name="deep">Reads every object and manifest and compares it with its digest.</param>
    public async Task<VerificationReport> RunAsync(bool deep, CancellationToken cancellationToken)
    {
        var (findings, closed) = (new List<Finding>(), new HashSet<Guid>(keys.Blocked.Keys));
        foreach (var check in DatabaseChecks.All)
            findings.AddRange(await database.ReadAsync(async db => (await db.QueryAsync<string>(check.Sql)).Select(p => new Finding(check.Invariant, p)).ToList()));
        findings.AddRange(await audit.RunAsync(cancellationToken));
        var objects = await database.ReadAsync(async db => (await db.QueryAsync<StoredRow>($"SELECT id, registry_id, digest, epoch, size_bytes FROM object WHERE {Readable}")).AsList());
        var following = await database.ReadAsync(async db => (await db.QueryAsync<PartRow>(
            "SELECT object_id, part_id, epoch, size_bytes FROM object_part ORDER BY object_id, sequence")).ToLookup(part => part.ObjectId));
        long bytes = 0;
        foreach (var item in objects)
            bytes += await UnlessClosedAsync(closed, item.RegistryId, () => CheckAsync(item, [.. following[item.Id]], deep, findings, cancellationToken));
        await CheckRunsAsync(findings, closed, cancellationToken);
        if (deep)
            bytes += await CheckManifestsAsync(findings, closed, cancellationToken) + await CheckDeletedManifestsAsync(findings, closed, cancellationToken);
        return new VerificationReport(findings, objects.Count, bytes, await CountOrphansAsync(), closed.Count);
    }

    // What may not be read now is not damaged: nothing is said about it.
    private static async Task<long> UnlessClosedAsync(HashSet<Guid> closed, Guid registry, Func<Task<long>> check)
    {
        if (closed.Contains(registry))
            return 0;
        try
        {
            return await check();
        }
        catch (KeyUnavailableException e) when (e.IsOfTheStore)
        {
            closed.Add(registry);
            return 0;
        }
    }

    private async Task<long> CheckAsync(StoredRow row, IReadOnlyList<PartRow> following, bool deep, List<Finding> findings, CancellationToken cancellationToken)
    {
        var parts = PartRow.Join(row.RegistryId, new ObjectRow { Id = row.Id, Epoch = row.Epoch, SizeBytes = row.SizeBytes }, following);
        try
        {
            foreach (var part in parts)
            {
                using var reader = await vault.OpenAsync(part, cancellationToken);
                reader.VerifyEnd();
            }
            if (!deep)
                return 0;
            if (!Digest.TryParse(row.Digest, out var digest) || await DigestOfAsync(parts, digest.Algorithm, cancellationToken) != digest)
                await ReportAsync(row, new Finding("content", $"Object {row.Id:N} does not have the digest {row.Digest}."), findings);
            return row.SizeBytes;
        }
        catch (KeyUnavailableException e) when (!e.IsOfTheStore)
        {
            // The key's damage, not the object's; unless the object was encrypted anew since, and the old key destroyed.
            if (await IsThereAsync(row))
                findings.Add(new Finding("key", $"{e.Message} Digest {row.Digest}."));
            return 0;
        }
        catch (Exception e) when (e is CorruptObjectException or IOException or OciException)
        {
            await ReportAsync(row, new Finding("object", $"{e.Message} Digest {row.Digest}."), findings);
            return 0;
        }
    }

    private async Task ReportAsync(StoredRow row, Finding finding, List<Finding> findings)
    {
        // Gone meanwhile: its files may have followed.
        if (!await IsThereAsync(row))
            return;
        findings.Add(finding);
        // With the whole store away no single object is damaged.
        if (vault.Probe() is null)
            await damaged.RecordAsync(row.Id);
    }

    private async Task<bool> IsThereAsync(StoredRow row) =>
        await database.ReadAsync(db => db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM object WHERE id = @Id AND digest = @Digest AND {Readable}", row)) > 0;

    private async Task<Digest> DigestOfAsync(IReadOnlyList<SealedObject> parts, DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        using var content = new BlobReader(vault, parts, damaged);
        using var hash = IncrementalHash.CreateHash(algorithm == DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int read;
        for (long offset = 0; (read = await content.ReadAsync(offset, buffer, cancellationToken)) > 0; offset += read)
            hash.AppendData(buffer, 0, read);
        return Digest.FromHash(algorithm, hash.GetHashAndReset());
    }

    private async Task CheckRunsAsync(List<Finding> findings, HashSet<Guid> closed, CancellationToken cancellationToken)
    {
        var runs = await database.ReadAsync(async db => (await db.QueryAsync<StoredRow>(
            $"SELECT r.object_id AS id, u.registry_id, r.upload_id AS digest, r.epoch, r.size_bytes FROM upload_run r JOIN upload u ON u.id = r.upload_id WHERE r.size_bytes IS NOT NULL AND {Readable}")).AsList());
        foreach (var run in runs)
            await UnlessClosedAsync(closed, run.RegistryId, () => CheckRunAsync(run, findings, cancellationToken));
    }

    private async Task<long> CheckRunAsync(StoredRow run, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = await vault.OpenAsync(new SealedObject(run.RegistryId, run.Id, run.Epoch, run.SizeBytes), cancellationToken);
        }
        catch (Exception e) when (e is CorruptObjectException or KeyUnavailableException { IsOfTheStore: false })
        {
            if (await database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM upload_run WHERE object_id = @Id", run)) > 0)
                findings.Add(new Finding("upload", e.Message));
        }
        return 0;
    }

    private async Task<long> CheckManifestsAsync(List<Finding> findings, HashSet<Guid> closed, CancellationToken cancellationToken)
    {
        long bytes = 0;
        var keys = await database.ReadAsync(async db => (await db.QueryAsync<ManifestRow>($"SELECT m.repository_id, p.registry_id, m.digest FROM manifest m JOIN repository p ON p.id = m.repository_id WHERE {Readable}")).AsList());
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<ManifestRow>(
                "SELECT repository_id, digest, epoch, body, body_id FROM manifest WHERE repository_id = @RepositoryId AND digest = @Digest", key));
            if (row is not null)
                bytes += await UnlessClosedAsync(closed, key.RegistryId, () => CheckAsync(row with { RegistryId = key.RegistryId }, findings, cancellationToken));
        }
        return bytes;
    }

    private async Task<long> CheckDeletedManifestsAsync(List<Finding> findings, HashSet<Guid> closed, CancellationToken cancellationToken)
    {
        long bytes = 0;
        var keys = await database.ReadAsync(async db => (await db.QueryAsync<DeletedRow>($"SELECT registry_id, repository, digest FROM deleted_manifest WHERE {Readable}")).AsList());
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<ManifestRow>(
                "SELECT registry_id, digest, epoch, body, body_id FROM deleted_manifest WHERE registry_id = @RegistryId AND repository = @Repository AND digest = @Digest", key));
            if (row is not null)
                bytes += await UnlessClosedAsync(closed, key.RegistryId, () => CheckAsync(row, findings, cancellationToken));
        }
        return bytes;
    }

    private async Task<long> CheckAsync(ManifestRow row, List<Finding> findings, CancellationToken cancellationToken)
    {
        try
        {
            var body = await vault.OpenAsync(row.RegistryId, new SealedRow(row.BodyId, row.Epoch, row.Body), cancellationToken);
            if (!Digest.TryParse(row.Digest, out var digest) || Digest.Of(digest.Algorithm, body) != digest)
                findings.Add(new Finding("content", $"Manifest {row.Digest} has another digest."));
            return body.Length;
        }
        catch (KeyUnavailableException e) when (!e.IsOfTheStore)
        {
            findings.Add(new Finding("key", $"{e.Message} Manifest {row.Digest}."));
            return 0;
        }
        catch (CorruptObjectException e)
        {
            findings.Add(new Finding("manifest", $"{e.Message} Manifest {row.Digest}."));
            return 0;
        }
    }

    private async Task<int> CountOrphansAsync()
    {
        var count = 0;
        var before = clock.GetUtcNow() - TimeSpan.FromSeconds(1);
        foreach (var file in vault.List().Where(f => f.LastWritten < before))
            count += await database.ReadAsync(db => Task.FromResult(ObjectRows.IsKnown(db, file.Id))) ? 0 : 1;
        return count;
    }

    private sealed record StoredRow
    {
        public Guid Id { get; init; }
        public Guid RegistryId { get; init; }
        public string Digest { get; init; } = "";
        public int Epoch { get; init; }
        public long SizeBytes { get; init; }
    }

    private sealed record DeletedRow
    {
        public Guid RegistryId { get; init; }
        public string Repository { get; init; } = "";
        public string Digest { get; init; } = "";
    }

    private sealed record ManifestRow
    {
        public Guid RepositoryId { get; init; }
        public Guid RegistryId { get; init; }
        public string Digest { get; init; } = "";
        public int Epoch { get; init; }
        public byte[] Body { get; init; } = [];
        public Guid BodyId { get; init; }
    }
}
