using Breakwater.Faults.Tests.Injection;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>Calls that return an error: nothing is acknowledged that may not be on the disk, and the server serves on.</summary>
public sealed class FailingCallTests : FaultTest
{
    private const string Repository = "faults/failing";

    private static readonly (string What, Fault Fault)[] ObjectFaults =
    [
        ("fsync of the object's file", new Fault(Calls.Sync, FaultAction.Fail) { Path = "/objects/", Kind = FileKind.File }),
        ("fsync of the object's directory", new Fault(Calls.Sync, FaultAction.Fail) { Path = "/objects/", Kind = FileKind.Directory }),
        ("write of the object", new Fault(Calls.Write, FaultAction.Fail) { Path = "/objects/" }),
        ("second write of the object", new Fault(Calls.Write, FaultAction.Fail) { Path = "/objects/", Nth = 2 }),
        ("creation of the object", new Fault(Calls.Create, FaultAction.Fail) { Path = "/objects/" }),
    ];

    [Fact]
    public async Task PushBlob_ObjectCallFails_IsNotAcknowledgedAndTheNextIs()
    {
        using var control = await FaultControl.CreateAsync(Folder);
        await using var server = await ServerProcess.StartAsync(WithFaults(control));
        using var client = server.CreateClient();
        var kept = Content.Blob(200_000);
        Assert.Equal(201, (await client.PushBlobAsync(Repository, kept)).Code);

        foreach (var (what, fault) in ObjectFaults)
        {
            Log(what);
            await AssertNotAcknowledgedAsync(client, control, what, fault);
            await AssertPullableAsync(client, Repository, kept);
        }

        await AssertVerifiesAsync(server);
    }

    /// <returns>Null when no answer came.</returns>
    private static async Task<RegistryReply?> PushWhileAsync(FaultControl control, Fault fault, RegistryClient client, TestBlob blob)
    {
        control.Arm(fault);
        var reply = await TryAsync(() => client.PushBlobAsync(Repository, blob));
        control.Disarm();
        return reply;
    }

    private async Task AssertNotAcknowledgedAsync(RegistryClient client, FaultControl control, string what, Fault fault)
    {
        var blob = Content.Blob(1_500_000);
        var reply = await PushWhileAsync(control, fault, client, blob);

        Assert.True(control.Fired > 0, $"No call matched: {what}.");
        Assert.True(reply is null or { Code: 500 or 503 }, $"{what} failed, and the answer was {reply}.");
        Assert.Equal(404, (await client.HeadBlobAsync(Repository, blob.Digest)).Code);
        await AssertRecoversAsync(client, blob);
        await AssertPullableAsync(client, Repository, blob);
    }

    [Fact]
    public async Task PushBlob_WriteSaysNoSpace_Is503AndRecoversByItself()
    {
        using var control = await FaultControl.CreateAsync(Folder);
        await using var server = await ServerProcess.StartAsync(WithFaults(control));
        using var client = server.CreateClient();
        var blob = Content.Blob(300_000);

        var full = new Fault(Calls.Write, FaultAction.Fail) { Path = "/objects/", Error = Fault.NoSpace, Persistent = true };
        Assert.Equal(503, (await PushWhileAsync(control, full, client, blob))?.Code);
        await AssertRecoversAsync(client, blob);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task PushBlob_DiskIsReadOnly_Is503AndPullsGoOn()
    {
        using var control = await FaultControl.CreateAsync(Folder);
        await using var server = await ServerProcess.StartAsync(WithFaults(control));
        using var client = server.CreateClient();
        var kept = TestManifest.RandomImage(Content);
        Assert.Equal(201, (await client.PushAsync(Repository, "kept", kept)).Code);
        var blob = Content.Blob(300_000);

        control.Arm(new Fault(Calls.Write | Calls.Create | Calls.Sync | Calls.Truncate | Calls.Unlink | Calls.Rename, FaultAction.Fail)
        {
            Path = "/objects/",
            Error = Fault.ReadOnlyFileSystem,
            Persistent = true,
        });
        var reply = await client.PushBlobAsync(Repository, blob);
        await AssertPullableAsync(client, Repository, "kept", kept);
        control.Disarm();

        Assert.Equal(503, reply.Code);
        await AssertRecoversAsync(client, blob);
        await AssertVerifiesAsync(server);
    }

    [Fact]
    public async Task PushBlob_EveryWriteIsShort_ArrivesWhole()
    {
        using var control = await FaultControl.CreateAsync(Folder);
        await using var server = await ServerProcess.StartAsync(WithFaults(control));
        using var client = server.CreateClient();
        var blob = Content.Blob(700_000);

        var shortened = new Fault(Calls.Write, FaultAction.ShortWrite) { Path = "/objects/", Persistent = true };
        Assert.Equal(201, (await PushWhileAsync(control, shortened, client, blob))?.Code);
        await AssertPullableAsync(client, Repository, blob);
        await AssertVerifiesAsync(server);
    }

    [Theory]
    [InlineData(Calls.Sync)]
    [InlineData(Calls.Write)]
    public async Task Push_DatabaseJournalFails_IsNotAcknowledgedAndARestartIsClean(Calls calls)
    {
        using var control = await FaultControl.CreateAsync(Folder);
        var kept = TestManifest.RandomImage(Content);
        var lost = TestManifest.RandomImage(Content);
        await using (var server = await ServerProcess.StartAsync(WithFaults(control)))
        {
            using var client = server.CreateClient();
            Assert.Equal(201, (await client.PushAsync(Repository, "kept", kept)).Code);

            control.Arm(new Fault(calls, FaultAction.Fail) { Path = "-wal", Persistent = true });
            var reply = await TryAsync(() => client.PushAsync(Repository, "lost", lost));
            Assert.True(control.Fired > 0, "The journal was not touched: is it still named -wal?");
            Assert.True(reply is null or { Code: 500 or 503 }, $"The journal failed, and the answer was {reply}.");
            control.Disarm();
            await server.KillAsync();
        }

        await using var next = await ServerProcess.StartAsync(WithFaults(control));
        using var again = next.CreateClient();
        await AssertPullableAsync(again, Repository, "kept", kept);
        Assert.Equal(404, (await again.HeadManifestAsync(Repository, "lost")).Code);
        Assert.Equal(201, (await again.PushAsync(Repository, "lost", lost)).Code);
        await AssertVerifiesAsync(next);
    }

    private static Task AssertRecoversAsync(RegistryClient client, TestBlob blob) =>
        Eventually.HoldsAsync(async () => (await client.PushBlobAsync(Repository, blob)).Code == 201, "a push works again without a restart");
}
