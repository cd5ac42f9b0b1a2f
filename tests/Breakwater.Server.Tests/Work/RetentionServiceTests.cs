using Breakwater.Core.Audit;
using Breakwater.Core.Identity;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Server.Commands;
using Breakwater.Server.Configuration;
using Breakwater.Server.Work;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Breakwater.Server.Tests.Work;

/// <summary>The retention policy as the background work keeps it.</summary>
public sealed class RetentionServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<AuditRecord> _written = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CleanUpService_UntaggedManifest_IsRemovedAndRecorded()
    {
        var settings = new ServerSettings { Data = _folder.File("data"), MinFreeSpaceBytes = 0, GcInterval = TimeSpan.FromMilliseconds(50) };
        await PrepareAsync(settings);
        await using var installation = await OpenAsync(settings);
        using var service = new CleanUpService(installation, new PrincipalDirectory(installation.Database), settings, TimeProvider.System, NullLogger<CleanUpService>.Instance);

        await service.StartAsync(TestContext.Current.CancellationToken);
        while (await CountAsync(installation) > 0)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);

        await installation.Audit.FlushAsync();
        var written = Assert.Single(_written, record => record.Operation == AuditOperations.PurgeManifest);
        Assert.Equal(("team/app", "sha256:" + new string('a', 64), AuditCategory.Repository, 200), (written.Repository, written.Digest, written.Category, written.Status));
        Assert.StartsWith("Retention:", written.Description, StringComparison.Ordinal);
        Assert.Equal((null, "local"), (written.Identity, written.Resource));
    }

    [Fact]
    public async Task CleanUpService_BinBeyondItsTime_IsEmptiedAndRecorded()
    {
        var settings = new ServerSettings { Data = _folder.File("data"), MinFreeSpaceBytes = 0, GcInterval = TimeSpan.FromMilliseconds(50) };
        var digest = "sha256:" + new string('b', 64);
        await using (var before = await OpenAsync(settings))
        {
            await before.Database.WriteAsync(db => db.Execute(
                """
                UPDATE registry SET soft_delete_days = 2, size_bytes = 1;
                INSERT INTO deleted_manifest (registry_id, repository, digest, media_type, size_bytes, epoch, body_id, created_at, write_enabled, delete_enabled, read_enabled, list_enabled, deleted_at, body)
                    SELECT id, 'team/app', @digest, 'x', 1, 1, id, 0, 1, 1, 1, 1, 1, zeroblob(1) FROM registry;
                """,
                new { digest }));
        }
        await using var installation = await OpenAsync(settings);
        using var service = new CleanUpService(installation, new PrincipalDirectory(installation.Database), settings, TimeProvider.System, NullLogger<CleanUpService>.Instance);

        await service.StartAsync(TestContext.Current.CancellationToken);
        while (await installation.Database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM deleted_manifest")) > 0)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);

        await installation.Audit.FlushAsync();
        var written = Assert.Single(_written, record => record.Operation == AuditOperations.PurgeManifest);
        Assert.Equal(("team/app", digest, "local", (string?)null), (written.Repository, written.Digest, written.Resource, written.Identity));
        Assert.StartsWith("Soft delete: its 2 days", written.Description, StringComparison.Ordinal);
        Assert.Equal(0, await installation.Database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT size_bytes FROM registry")));
    }

    private async Task<OpenInstallation> OpenAsync(ServerSettings settings)
    {
        var directory = ServerInstallation.Directory(settings);
        directory.Create();
        var installation = await OpenInstallation.OpenAsync(directory, DirectoryLock.TryTake(directory)!, ServerInstallation.Options(settings, new KeyStoreTypes(), null), TimeProvider.System, CancellationToken.None);
        installation.Audit.Written = records => _written.AddRange(records.Select(record => record.Record));
        return installation;
    }

    private async Task PrepareAsync(ServerSettings settings)
    {
        await using var installation = await OpenAsync(settings);
        await installation.Database.WriteAsync(db => db.Execute(
            """
            UPDATE registry SET retention_days = 0, retention_since = 0, size_bytes = 1;
            INSERT INTO repository (id, registry_id, name, size_bytes, manifest_count, created_at) SELECT lower(hex(randomblob(16))), id, 'team/app', 1, 1, 0 FROM registry;
            INSERT INTO manifest (repository_id, digest, media_type, size_bytes, epoch, body, body_id, signature_kind, created_at, untagged_at)
                SELECT id, @digest, 'x', 1, 1, zeroblob(1), id, 0, 0, 1 FROM repository;
            """,
            new { digest = "sha256:" + new string('a', 64) }));
    }

    private static Task<long> CountAsync(OpenInstallation installation) => installation.Database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM manifest"));
}
