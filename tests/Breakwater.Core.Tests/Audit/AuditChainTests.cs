using System.Security.Cryptography;
using Breakwater.Core.Audit;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Audit;

/// <summary>Whatever is done to the rows without the key is found.</summary>
public sealed class AuditChainTests
{
    private const int Count = 30;

    private static async Task AssertFoundAsync(Func<TestAudit, Task> tamper)
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(Count);
        Assert.Empty(await audit.VerifyAsync());
        await tamper(audit);
        Assert.NotEmpty(await audit.VerifyAsync());
    }

    [Fact]
    public async Task Verify_Untouched_FindsNothing()
    {
        await using var audit = await TestAudit.CreateAsync();
        Assert.Empty(await audit.VerifyAsync(running: true));
        await audit.WriteAsync(2500);
        Assert.Empty(await audit.VerifyAsync(running: true));
        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), (await audit.ListAsync()).Select(r => r.Sequence));
    }

    public static TheoryData<string> Columns => [.. AuditColumns.All.Select(column => column.Name), "hash"];

    [Theory]
    [MemberData(nameof(Columns))]
    public Task Verify_ColumnChanged_IsFound(string column) => AssertFoundAsync(async audit =>
    {
        var row = RandomNumberGenerator.GetInt32(1, Count + 1);
        var value = column is "hash" ? "randomblob(32)" : $"CASE WHEN typeof({column}) = 'integer' THEN {column} + 1 WHEN {column} IS NULL THEN '7' ELSE NULL END";
        if (column is "operation" or "principal_id" or "caller_ip")
            value = column switch { "operation" => "'Push'", "principal_id" => "'00000000000000000000000000000000'", _ => "'192.0.2.8'" };
        Assert.Equal(1, await audit.ExecuteAsync($"UPDATE audit_record SET {column} = {value} WHERE sequence = {row}"));
    });

    [Property(MaxTest = 10)]
    public Task Verify_RowDeleted_IsFound(FsCheck.PositiveInt at) =>
        AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence = @at", new { at = 1 + (at.Get % Count) }));

    [Property(MaxTest = 10)]
    public Task Verify_RowDeletedAndRestRenumbered_IsFound(FsCheck.PositiveInt at) => AssertFoundAsync(async audit =>
    {
        await audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence = @at", new { at = 1 + (at.Get % Count) });
        await audit.ExecuteAsync("UPDATE audit_record SET sequence = -sequence WHERE sequence > @at; UPDATE audit_record SET sequence = -sequence - 1 WHERE sequence < 0", new { at = 1 + (at.Get % Count) });
    });

    [Property(MaxTest = 10)]
    public Task Verify_RowsSwapped_IsFound(FsCheck.PositiveInt at) => AssertFoundAsync(audit =>
    {
        var first = 1 + (at.Get % (Count - 1));
        return audit.ExecuteAsync(
            "UPDATE audit_record SET sequence = -1 WHERE sequence = @first; UPDATE audit_record SET sequence = @first WHERE sequence = @first + 1; UPDATE audit_record SET sequence = @first + 1 WHERE sequence = -1",
            new { first });
    });

    [Property(MaxTest = 10)]
    public Task Verify_RowInsertedBetween_IsFound(FsCheck.PositiveInt at) => AssertFoundAsync(audit =>
    {
        var place = 1 + (at.Get % Count);
        return audit.ExecuteAsync(
            $"UPDATE audit_record SET sequence = -sequence WHERE sequence >= @place; UPDATE audit_record SET sequence = -sequence + 1 WHERE sequence < 0; INSERT INTO audit_record SELECT @place, {AuditColumns.Names}, hash FROM audit_record LIMIT 1",
            new { place });
    });

    [Fact]
    public Task Verify_RowWithRightHashAdded_IsFound() => AssertFoundAsync(async audit =>
    {
        var last = (await audit.ListAsync())[^1];
        var forged = new ChainHash().Next(new ChainLink(last.Sequence, last.Hash), audit.Record(1));
        await InsertAsync(audit, new ChainedRecord(forged.Sequence, audit.Record(1), forged.Hash));
    });

    /// <summary>All hashes computed anew: only the signatures cannot be.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(Count / 2)]
    [InlineData(Count)]
    public Task Verify_ChainForgedFrom_IsFound(int from) => AssertFoundAsync(async audit =>
    {
        var (link, forged) = (ChainLink.Genesis, new List<ChainedRecord>());
        foreach (var old in await audit.ListAsync())
        {
            var record = old.Sequence == from ? old.Record with { Identity = "nobody" } : old.Record;
            link = new ChainHash().Next(link, record);
            forged.Add(new ChainedRecord(link.Sequence, record, link.Hash));
        }
        await audit.ExecuteAsync("DELETE FROM audit_record");
        await InsertAsync(audit, [.. forged]);
    });

    [Fact]
    public Task Verify_TailCutOff_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence > 20"));

    [Fact]
    public Task Verify_BeginningCutOff_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence < 5"));

    [Fact]
    public Task Verify_HeadRemoved_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync("DELETE FROM audit_checkpoint WHERE kind = 0"));

    [Fact]
    public Task Verify_KeptCheckpointMadeAStart_IsFound() => AssertFoundAsync(audit => audit.ExecuteAsync(
        "UPDATE audit_checkpoint SET kind = 2 WHERE kind = 1; DELETE FROM audit_record WHERE sequence <= (SELECT sequence FROM audit_checkpoint WHERE kind = 2)"));

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
        await audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence > 5; DELETE FROM audit_checkpoint; INSERT INTO audit_checkpoint SELECT * FROM earlier");
        Assert.NotEmpty(await audit.VerifyAsync(running: true));
        Assert.Empty(await audit.VerifyAsync(running: false));
    }

    /// <summary>The chain goes on, and what was taken stays visible for ever.</summary>
    [Fact]
    public async Task Open_AfterTailWasCutOff_KeepsTheGap()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(10);
        await audit.ExecuteAsync("DELETE FROM audit_record WHERE sequence > 7");
        await audit.CrashAsync();
        await audit.WriteAsync(3);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 11, 12, 13], (await audit.ListAsync()).Select(r => (int)r.Sequence));
        Assert.Equal("Records 8 to 10 are missing.", Assert.Single(await audit.VerifyAsync(running: true)).Problem);
    }

    /// <summary>A row in the next place would otherwise refuse all that follow.</summary>
    [Fact]
    public async Task Write_PlaceTakenByAnother_GoesOnBehindIt()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(3);
        var last = (await audit.ListAsync())[^1];
        await InsertAsync(audit, last with { Sequence = 4 });
        audit.Log.Enqueue(audit.Record(9));
        await Assert.ThrowsAsync<Breakwater.Oci.OciException>(audit.Log.FlushAsync);
        await audit.Log.FlushAsync();
        Assert.Equal(5, (await audit.ListAsync())[^1].Sequence);
        Assert.NotEmpty(await audit.VerifyAsync());
    }

    private static Task<int> InsertAsync(TestAudit audit, params ChainedRecord[] records) => audit.Database.WriteAsync(db =>
    {
        AuditRows.Insert(db, records);
        return 0;
    });
}
