using System.Buffers;
using System.Security.Cryptography;
using Breakwater.Core.Audit;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Audit;

/// <summary>Whatever is done to the rows without the key is found.</summary>
public sealed class AuditChainTests
{
    private const int Count = 30, Segments = 10;

    private static async Task AssertFoundAsync(Func<TestAudit, Task> tamper)
    {
        await using var audit = await TestAudit.CreateAsync();
        for (var i = 0; i < Segments; i++)
            await audit.WriteAsync(Count / Segments);
        Assert.Empty(await audit.VerifyAsync());
        await tamper(audit);
        Assert.NotEmpty(await audit.VerifyAsync());
    }

    /// <summary>The records of one segment are others, and nothing else is.</summary>
    private static Task AssertFoundAsync(int at, Func<List<StoredRecord>, IEnumerable<StoredRecord>> change) => AssertFoundAsync(async audit =>
    {
        var segments = (await audit.SegmentsAsync()).Where(segment => segment.Records().Count() > 1).ToList();
        var segment = segments[at % segments.Count];
        await audit.PutAsync(segment with { Payload = Pack(change([.. segment.Records()])) });
    });

    [Fact]
    public async Task Verify_Untouched_FindsNothing()
    {
        await using var audit = await TestAudit.CreateAsync();
        Assert.Empty(await audit.VerifyAsync(running: true));
        await audit.WriteAsync(2500);
        Assert.Empty(await audit.VerifyAsync(running: true));
        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), (await audit.ListAsync()).Select(r => r.Sequence));
    }

    [Fact]
    public async Task Verify_AnyByteChanged_IsFound()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(2);
        await audit.WriteAsync(1);
        foreach (var segment in await audit.SegmentsAsync())
        {
            for (var i = 0; i < segment.Payload.Length; i++)
            {
                var changed = segment.Payload.ToArray();
                changed[i] ^= (byte)RandomNumberGenerator.GetInt32(1, 256);
                await audit.PutAsync(segment with { Payload = changed });
                Assert.NotEmpty(await audit.VerifyAsync());
            }
            await audit.PutAsync(segment);
        }
        Assert.Empty(await audit.VerifyAsync());
    }

    [Theory]
    [InlineData("first_sequence", "-first_sequence")]
    [InlineData("first_sequence", "first_sequence + 100")]
    [InlineData("min_time", "min_time + 1")]
    [InlineData("max_time", "max_time - 1")]
    [InlineData("categories", "0")]
    [InlineData("payload", "payload || X'00'")]
    [InlineData("payload", "substr(payload, 1, length(payload) - 1)")]
    [InlineData("payload", "X'01'")]
    [InlineData("payload", "X''")]
    public Task Verify_ColumnChanged_IsFound(string column, string value) => AssertFoundAsync(audit =>
        audit.ExecuteAsync($"UPDATE audit_segment SET {column} = {value} WHERE first_sequence = (SELECT first_sequence FROM audit_segment ORDER BY random() LIMIT 1)"));

    [Property(MaxTest = 10)]
    public Task Verify_RecordTakenOut_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(at.Get, records => records.Where((_, i) => i != at.Get % records.Count));

    [Property(MaxTest = 10)]
    public Task Verify_RecordsSwapped_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(at.Get, records => Enumerable.Reverse(records));

    [Property(MaxTest = 10)]
    public Task Verify_RecordDoubled_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(at.Get, records => [.. records, records[at.Get % records.Count]]);

    [Property(MaxTest = 10)]
    public Task Verify_SegmentDeleted_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(async audit =>
        await audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence = @FirstSequence", new { (await PickAsync(audit, at.Get)).FirstSequence }));

    [Property(MaxTest = 10)]
    public Task Verify_SegmentDeletedAndRestRenumbered_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(async audit =>
    {
        var gone = await PickAsync(audit, at.Get);
        var count = gone.Records().Count();
        await audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence = @FirstSequence", new { gone.FirstSequence });
        await audit.ExecuteAsync(
            "UPDATE audit_segment SET first_sequence = -first_sequence WHERE first_sequence > @FirstSequence; UPDATE audit_segment SET first_sequence = -first_sequence - @count WHERE first_sequence < 0",
            new { gone.FirstSequence, count });
    });

    [Property(MaxTest = 10)]
    public Task Verify_SegmentsSwapped_IsFound(FsCheck.NonNegativeInt at) => AssertFoundAsync(async audit =>
    {
        var (one, other) = (await PickAsync(audit, at.Get), await PickAsync(audit, at.Get + 1));
        await audit.PutAsync(one with { FirstSequence = other.FirstSequence });
        await audit.PutAsync(other with { FirstSequence = one.FirstSequence });
    });

    /// <summary>Also where no record belongs: before the first, or into the middle of a segment.</summary>
    [Theory]
    [InlineData(-3)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(Count + 1)]
    [InlineData(Count + 5)]
    public Task Verify_SegmentAdded_IsFound(long place) => AssertFoundAsync(async audit =>
        await audit.PutAsync((await PickAsync(audit, 0)) with { FirstSequence = place }));

    [Fact]
    public Task Verify_SegmentWithRightHashesAdded_IsFound() => AssertFoundAsync(async audit =>
        await audit.PutAsync(TestAudit.Forge((await audit.SegmentsAsync())[^1].Last()!, [audit.Record(1)])));

    /// <summary>All hashes computed anew: only the signatures cannot be.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(Count / 2)]
    [InlineData(Count)]
    public Task Verify_ChainForgedFrom_IsFound(int from) => AssertFoundAsync(async audit =>
    {
        var records = (await audit.ListAsync()).Select(old => old.Sequence == from ? old.Record with { Identity = "nobody" } : old.Record);
        await audit.ExecuteAsync("DELETE FROM audit_segment");
        await audit.PutAsync(TestAudit.Forge(ChainLink.Genesis, records));
    });

    [Fact]
    public Task Verify_TailCutOff_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence > 20"));

    [Fact]
    public Task Verify_BeginningCutOff_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence < 5"));

    [Fact]
    public Task Verify_HeadRemoved_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_checkpoint WHERE kind = 0"));

    [Fact]
    public Task Verify_KeptCheckpointMadeAStart_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync(
        "UPDATE audit_checkpoint SET kind = 2 WHERE kind = 1; DELETE FROM audit_segment WHERE first_sequence <= (SELECT sequence FROM audit_checkpoint WHERE kind = 2)"));

    [Fact]
    public Task Verify_SignatureChanged_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("UPDATE audit_checkpoint SET signature = randomblob(64) WHERE kind = 0"));

    [Fact]
    public Task Verify_ForeignKeyPair_IsFound() => AssertFoundAsync(async audit =>
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await audit.ExecuteAsync("UPDATE audit_key SET public_key = @key", new { key = foreign.ExportSubjectPublicKeyInfo() });
    });

    /// <summary>Also the signed head is gone: only the server that wrote it knows.</summary>
    [Fact]
    public async Task Verify_TailAndHeadReplacedByEarlierOnes_IsFoundByTheRunningServer()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(5);
        await audit.ExecuteAsync("CREATE TABLE earlier AS SELECT * FROM audit_checkpoint");
        await audit.WriteAsync(5);
        await audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence > 5; DELETE FROM audit_checkpoint; INSERT INTO audit_checkpoint SELECT * FROM earlier");
        Assert.NotEmpty(await audit.VerifyAsync(running: true));
        Assert.Empty(await audit.VerifyAsync(running: false));
    }

    /// <summary>The chain goes on, and what was taken stays visible for ever.</summary>
    [Fact]
    public async Task Open_AfterTailWasCutOff_KeepsTheGap()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(7);
        await audit.WriteAsync(3);
        await audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence > 7");
        await audit.CrashAsync();
        await audit.WriteAsync(3);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 11, 12, 13], (await audit.ListAsync()).Select(r => (int)r.Sequence));
        Assert.Equal("Records 8 to 10 are missing.", Assert.Single(await audit.VerifyAsync(running: true)).Problem);
    }

    [Fact]
    public async Task Open_LastSegmentUnreadable_GoesOnBehindIt()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(3);
        await audit.ExecuteAsync("UPDATE audit_segment SET payload = randomblob(20)");
        await audit.CrashAsync();
        await audit.WriteAsync(1);
        Assert.Equal(4, Assert.Single(await audit.ListAsync()).Sequence);
        Assert.NotEmpty(await audit.VerifyAsync(running: true));
    }

    /// <summary>Without the key nobody gets a record under our next signature, with or without a head that says it is the last.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_AfterRightHashesWereAdded_DoesNotTakeThemOver(bool head)
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(3);
        var forged = TestAudit.Forge((await audit.SegmentsAsync())[^1].Last()!, [audit.Record(1)]);
        await audit.PutAsync(forged);
        if (head)
            await audit.ExecuteAsync("UPDATE audit_checkpoint SET sequence = 4, hash = @hash WHERE kind = 0", new { hash = forged.Last()!.Hash.ToArray() });
        await audit.CrashAsync();
        await audit.WriteAsync(3);
        Assert.Equal(7, (await audit.ListAsync()).Count);
        Assert.NotEmpty(await audit.VerifyAsync(running: true));
    }

    /// <summary>A row in the next place would otherwise refuse all that follow.</summary>
    [Fact]
    public async Task Write_PlaceTakenByAnother_GoesOnBehindIt()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(3);
        var last = (await audit.SegmentsAsync())[^1].Last()!;
        await audit.PutAsync(TestAudit.Forge(last, [audit.Record(1)]));
        audit.Log.Enqueue(audit.Record(9));
        await Assert.ThrowsAsync<Breakwater.Oci.OciException>(audit.Log.FlushAsync);
        await audit.Log.FlushAsync();
        Assert.Equal(5, (await audit.ListAsync())[^1].Sequence);
        Assert.NotEmpty(await audit.VerifyAsync());
    }

    private static ReadOnlyMemory<byte> Pack(IEnumerable<StoredRecord> records)
    {
        var (payload, previous) = (new ArrayBufferWriter<byte>(), ReadOnlyMemory<byte>.Empty);
        payload.Write([AuditSegment.Version]);
        foreach (var record in records)
        {
            RecordPacking.Pack(record.Values.Span, previous.Span, payload);
            payload.Write(record.Hash.Span);
            previous = record.Values;
        }
        return payload.WrittenMemory;
    }

    private static async Task<AuditSegment> PickAsync(TestAudit audit, int at) => (await audit.SegmentsAsync()) is var segments ? segments[at % segments.Count] : null!;
}
