using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tests.Identity;
using Breakwater.Core.Work;
using Dapper;

namespace Breakwater.Core.Tests.Audit;

/// <summary>An audit log on a real database in a folder of its own.</summary>
internal sealed class TestAudit : IAsyncDisposable
{
    private readonly string _folder;
    private readonly AuditOptions _options;
    private readonly int _capacity;
    private readonly Guid _installation = Guid.NewGuid();
    private KeyRing _keys = null!;

    private TestAudit(AuditOptions options, int capacity)
    {
        _folder = TestFolder.Create();
        _options = options;
        _capacity = capacity;
        Database = SqliteDatabase.Open(DatabaseFile);
    }

    public ManualClock Clock { get; } = new();

    public SqliteDatabase Database { get; private set; }

    public AuditLog Log { get; private set; } = null!;

    public List<string> Problems { get; } = [];

    private string DatabaseFile => Path.Combine(_folder, "metadata.db");

    private SecretBox Box => new(_keys, _installation);

    public static async Task<TestAudit> CreateAsync(AuditOptions? options = null, int capacity = 10_000)
    {
        var audit = new TestAudit(options ?? new AuditOptions(), capacity);
        KeyFileProvider.Create(Path.Combine(audit._folder, "service.key"));
        audit._keys = new KeyRing(audit.Database, KeyFileProvider.Open(Path.Combine(audit._folder, "service.key")), audit.Clock);
        await audit._keys.CreateAsync(audit._installation, CancellationToken.None);
        await audit.OpenAsync();
        return audit;
    }

    /// <summary>A record with every member set, unless the number says otherwise.</summary>
    public AuditRecord Record(int number, int status = 200) => new()
    {
        Time = Clock.GetUtcNow(),
        Category = (AuditCategory)(number % 3),
        Operation = AuditOperations.Pull,
        Status = status,
        Description = number % 2 == 0 ? null : $"text {number}",
        PrincipalId = Guid.NewGuid(),
        PrincipalKind = PrincipalKind.ServicePrincipal,
        Identity = "anna",
        Credential = "Password",
        JwtId = "jwt",
        CallerIp = IPAddress.Parse("192.0.2.7"),
        UserAgent = "docker/28",
        CorrelationId = Guid.NewGuid().ToString("D"),
        LoginServer = "registry.example",
        DurationMs = number,
        Repository = "team/app",
        Tag = "v1",
        Digest = "sha256:00",
        MediaType = "application/json",
        ArtifactType = "application/spdx",
        SizeBytes = number % 5 == 0 ? null : number,
        Resource = "/subscriptions",
    };

    public async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Log.Enqueue(Record(i));
        await Log.FlushAsync();
    }

    /// <summary>As they were written: at each place where somebody waited one ends.</summary>
    public Task<IReadOnlyList<AuditSegment>> SegmentsAsync() => Database.ReadAsync<IReadOnlyList<AuditSegment>>(async db =>
        await SegmentRows.ListAsync(db, "TRUE ORDER BY first_sequence", new { }).ToListAsync());

    public async Task<IReadOnlyList<ChainedRecord>> ListAsync() =>
        [.. (await SegmentsAsync()).SelectMany(segment => segment.Records()).Select(record => record.Read())];

    /// <summary>Puts a segment into its place, whatever was there.</summary>
    public Task<int> PutAsync(AuditSegment segment) => Database.WriteAsync(db =>
    {
        db.Execute("DELETE FROM audit_segment WHERE first_sequence = @FirstSequence", new { segment.FirstSequence });
        SegmentRows.Insert(db, segment);
        return 1;
    });

    /// <summary>What somebody without the key can make: all is right but the signatures.</summary>
    public static AuditSegment Forge(ChainLink after, IEnumerable<AuditRecord> records)
    {
        var writer = new SegmentWriter();
        writer.Begin(after);
        foreach (var record in records)
            writer.Add(record);
        return writer.Segment;
    }

    public Task<IReadOnlyList<Finding>> VerifyAsync(bool running = false) =>
        new AuditVerification(Database, Box, _installation, running ? Log : null, Clock).RunAsync(CancellationToken.None);

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Database.WriteAsync(db => db.Execute(sql, parameters));

    /// <summary>What a killed process leaves: the database as it is now, opened by another.</summary>
    public async Task CrashAsync()
    {
        var copy = Path.Combine(_folder, "copy.db");
        Database.BackupTo(copy);
        await Log.DisposeAsync();
        await Database.DisposeAsync();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(DatabaseFile + suffix);
        File.Move(copy, DatabaseFile, overwrite: true);
        Database = SqliteDatabase.Open(DatabaseFile);
        _keys = new KeyRing(Database, KeyFileProvider.Open(Path.Combine(_folder, "service.key")), Clock);
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        Log = await AuditLog.OpenAsync(Database, Box, _installation, _options, Clock, _capacity, CancellationToken.None);
        Log.Problem = Problems.Add;
    }
}
