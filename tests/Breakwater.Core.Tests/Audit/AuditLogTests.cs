using Breakwater.Core.Audit;

namespace Breakwater.Core.Tests.Audit;

public sealed class AuditLogTests
{
    [Fact]
    public async Task Write_Record_IsReadAsItWas()
    {
        await using var audit = await TestAudit.CreateAsync();
        var record = audit.Record(1);
        await audit.Log.WriteAsync(record);
        Assert.Equal(record, Assert.Single(await audit.ListAsync()).Record);
    }

    [Fact]
    public async Task Write_TextsOfClients_AreOneShortLine()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.Log.WriteAsync(audit.Record(1) with { UserAgent = "a\r\nb\u001b[31m\u202e\ud800é", Tag = new string('x', 5000) });
        var written = Assert.Single(await audit.ListAsync()).Record;
        Assert.Equal("a??b?[31m??é", written.UserAgent);
        Assert.Equal(512, written.Tag!.Length);
        Assert.Empty(await audit.VerifyAsync());
    }

    [Fact]
    public async Task Crash_AfterWrite_LosesNothingThatWasWaitedFor()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.Log.WriteAsync(audit.Record(1));
        await audit.CrashAsync();
        Assert.Single(await audit.ListAsync());
        Assert.Empty(await audit.VerifyAsync());
    }

    /// <summary>The window: what was only enqueued is lost with the process, and the chain is whole.</summary>
    [Fact]
    public async Task Crash_RightAfterEnqueue_LosesThoseOnly()
    {
        await using var audit = await TestAudit.CreateAsync();
        await audit.WriteAsync(3);
        audit.Log.Enqueue(audit.Record(4));
        await audit.CrashAsync();
        Assert.InRange((await audit.ListAsync()).Count, 3, 4);
        await audit.WriteAsync(2);
        Assert.Empty(await audit.VerifyAsync(running: true));
    }

    [Fact]
    public async Task Enqueue_WithoutAnyFlush_IsDurableWithinASecond()
    {
        await using var audit = await TestAudit.CreateAsync();
        audit.Log.Enqueue(audit.Record(1));
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Single(await audit.ListAsync());
    }

    [Fact]
    public async Task Dispose_FullQueue_WritesAll()
    {
        await using var audit = await TestAudit.CreateAsync(capacity: 2000);
        for (var i = 0; i < 1200; i++)
            audit.Log.Enqueue(audit.Record(i));
        await audit.Log.DisposeAsync();
        Assert.Equal(1200, (await audit.ListAsync()).Count);
    }

    [Fact]
    public async Task Enqueue_MoreThanFits_CountsWhatIsLost()
    {
        await using var audit = await TestAudit.CreateAsync(capacity: 4);
        for (var i = 0; i < 200; i++)
            audit.Log.Enqueue(audit.Record(i));
        await audit.Log.FlushAsync();
        await audit.Log.FlushAsync();
        var records = await audit.ListAsync();
        var lost = records.Where(r => r.Record.Operation == AuditOperations.Lost).Sum(r => r.Record.Count);
        Assert.InRange(lost, 1, 199);
        Assert.Equal(200, lost + records.Count(r => r.Record.Operation == AuditOperations.Pull));
    }

    [Fact]
    public async Task Begin_CrashBeforeTheOutcome_LeavesARecordThatSaysSo()
    {
        await using var audit = await TestAudit.CreateAsync();
        var done = await audit.Log.BeginAsync(audit.Record(1) with { Operation = "done" });
        await audit.Log.WriteAsync(audit.Record(1) with { Operation = "done" }, done);
        await audit.Log.BeginAsync(audit.Record(1) with { Operation = "cut off" });
        await audit.CrashAsync();
        await audit.CrashAsync();
        var records = (await audit.ListAsync()).Select(r => (r.Record.Operation, r.Record.Status));
        Assert.Equal([("done", 200), ("cut off", 0)], records);
        Assert.Empty(await audit.VerifyAsync(running: true));
    }

    [Fact]
    public async Task Enqueue_BurstOfRefusals_IsTwoRecordsWithTheWholeCount()
    {
        await using var audit = await TestAudit.CreateAsync();
        for (var i = 0; i < 50; i++)
            audit.Log.Enqueue(audit.Record(0, status: 401));
        await audit.Log.FlushAsync();
        Assert.Single(await audit.ListAsync());
        audit.Clock.Advance(TimeSpan.FromMinutes(1));
        await audit.Log.FlushAsync();
        Assert.Equal([1, 49], (await audit.ListAsync()).Select(r => (int)r.Record.Count));
    }

    [Fact]
    public async Task Enqueue_RefusalsOfManyNames_AreBounded()
    {
        await using var audit = await TestAudit.CreateAsync(capacity: 5000);
        for (var i = 0; i < 3000; i++)
            audit.Log.Enqueue(audit.Record(0, status: 401) with { Identity = $"user{i}" });
        await audit.Log.DisposeAsync();
        var records = await audit.ListAsync();
        Assert.InRange(records.Count, 1000, 1010);
        Assert.Equal(3000, records.Sum(r => r.Record.Count));
    }

    [Fact]
    public async Task Retention_OldRecords_GoAndTheRestIsProved()
    {
        await using var audit = await TestAudit.CreateAsync(new AuditOptions { Retention = TimeSpan.FromDays(1) });
        await audit.WriteAsync(1200);
        Assert.InRange((await audit.SegmentsAsync()).Count, 3, 20);
        audit.Clock.Advance(TimeSpan.FromHours(25));
        await audit.WriteAsync(5);
        await audit.Log.FlushAsync();
        Assert.Equal(1201, (await audit.ListAsync())[0].Sequence);
        Assert.Empty(await audit.VerifyAsync(running: true));
        await audit.ExecuteAsync("DELETE FROM audit_segment WHERE first_sequence = 1201");
        Assert.NotEmpty(await audit.VerifyAsync(running: true));
    }

    [Fact]
    public async Task Retention_All_LeavesAChainThatGoesOn()
    {
        await using var audit = await TestAudit.CreateAsync(new AuditOptions { Retention = TimeSpan.FromDays(1) });
        await audit.WriteAsync(7);
        audit.Clock.Advance(TimeSpan.FromDays(2));
        await audit.Log.FlushAsync();
        await audit.Log.FlushAsync();
        Assert.Empty(await audit.ListAsync());
        Assert.Empty(await audit.VerifyAsync(running: true));
        await audit.CrashAsync();
        await audit.WriteAsync(1);
        Assert.Equal(8, Assert.Single(await audit.ListAsync()).Sequence);
        Assert.Empty(await audit.VerifyAsync(running: true));
    }

    [Fact]
    public async Task Retention_TooMany_OldestGo()
    {
        await using var audit = await TestAudit.CreateAsync(new AuditOptions { MaxRecords = 10 });
        for (var i = 0; i < 30; i++)
            await audit.WriteAsync(1);
        audit.Clock.Advance(TimeSpan.FromMinutes(2));
        await audit.WriteAsync(1);
        await audit.Log.FlushAsync();
        Assert.Equal(10, (await audit.ListAsync()).Count);
    }

    /// <summary>It goes when all of it is too much.</summary>
    [Fact]
    public async Task Retention_TooManyInTheMiddleOfASegment_LeavesIt()
    {
        await using var audit = await TestAudit.CreateAsync(new AuditOptions { MaxRecords = 10 });
        await audit.WriteAsync(512 + 20);
        audit.Clock.Advance(TimeSpan.FromMinutes(2));
        await audit.WriteAsync(1);
        await audit.Log.FlushAsync();
        Assert.Equal((await audit.SegmentsAsync())[0].FirstSequence, (await audit.ListAsync())[0].Sequence);
        Assert.InRange((await audit.ListAsync()).Count, 10, 10 + 512);
        Assert.Empty(await audit.VerifyAsync(running: true));
    }

    /// <summary>Whoever makes records look old must not have them washed away by us.</summary>
    [Fact]
    public async Task Retention_ForgedTimes_AreKeptAsEvidence()
    {
        await using var audit = await TestAudit.CreateAsync(new AuditOptions { Retention = TimeSpan.FromDays(90) });
        await audit.WriteAsync(5);
        await audit.ExecuteAsync("UPDATE audit_segment SET min_time = 0, max_time = 0");
        audit.Clock.Advance(TimeSpan.FromMinutes(2));
        await audit.Log.FlushAsync();
        await audit.Log.FlushAsync();
        Assert.Equal(5, (await audit.ListAsync()).Count);
        Assert.NotEmpty(audit.Problems);
    }
}
