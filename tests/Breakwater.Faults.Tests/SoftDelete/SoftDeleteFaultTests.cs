using System.Text.Json;
using Breakwater.Faults.Tests.Injection;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.SoftDelete;

/// <summary>Deleting into the recycle bin, restoring and emptying it, broken in the middle: an image is in the repository, in the bin or nowhere, and whole where it is.</summary>
public sealed class SoftDeleteFaultTests : FaultTest
{
    private const string Repository = "faults/bin";

    private static readonly string[] Steps = ["delete", "restore", "purge"];

    [Theory]
    [InlineData(Calls.Write, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillAfter)]
    public async Task Step_ProcessEndsAtCall_IsDoneOrNotBegun(Calls calls, FaultAction action)
    {
        using var control = await FaultControl.CreateAsync(Folder);
        var server = await StartAsync(control);
        try
        {
            foreach (var step in Steps)
            {
                var count = await CountCallsAsync(server, control, calls, step);
                Log($"{calls}: {count} calls in one {step}");
                for (var round = 0; round < TestSettings.Rounds(usual: 2, soak: (int)count); round++)
                {
                    var nth = TestSettings.Soak ? (uint)round + 1 : (uint)Content.Random.Next(1, (int)Math.Max(2, count + 1));
                    server = await BreakAsync(server, control, new Fault(calls, action) { Path = DataDirectory, Nth = nth }, step);
                }
            }
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>What was written and could not be made durable may be there after the restart; it was not acknowledged.</summary>
    [Theory]
    [InlineData("delete", Calls.Sync)]
    [InlineData("restore", Calls.Sync)]
    [InlineData("purge", Calls.Sync)]
    [InlineData("delete", Calls.Write)]
    [InlineData("restore", Calls.Write)]
    [InlineData("purge", Calls.Write)]
    public async Task Step_DatabaseJournalFails_IsNotAcknowledgedAndARestartIsClean(string step, Calls calls)
    {
        using var control = await FaultControl.CreateAsync(Folder);
        await using var server = await BreakAsync(await StartAsync(control), control, new Fault(calls, FaultAction.Fail) { Path = "-wal", Persistent = true }, step, mustFire: true);
        await AssertVerifiesAsync(server);
    }

    private async Task<ServerProcess> StartAsync(FaultControl control)
    {
        var server = await ServerProcess.StartAsync(WithFaults(control));
        using var client = server.CreateClient();
        var policy = new { properties = new { policies = new { softDeletePolicy = new { status = "enabled", retentionDays = 7 } } } };
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Patch, HsmServer.PathOf(server, "local"), JsonSerializer.SerializeToUtf8Bytes(policy), "application/json")).Code);
        return server;
    }

    private async Task<uint> CountCallsAsync(ServerProcess server, FaultControl control, Calls calls, string step)
    {
        using var client = server.CreateClient();
        var image = await PrepareAsync(client, server, step);
        control.Arm(new Fault(calls, FaultAction.Count) { Path = DataDirectory });
        var reply = await RunAsync(client, server, image, step);
        control.Disarm();
        Assert.True(reply.Code is 200 or 202, $"{step}: {reply}");
        return control.Matched;
    }

    /// <summary>An image of its own, where the step finds it.</summary>
    private async Task<TestManifest> PrepareAsync(RegistryClient client, ServerProcess server, string step)
    {
        var image = TestManifest.RandomImage(Content, layers: 2, layerSizeBytes: 100_000);
        Assert.Equal(201, (await client.PushAsync(Repository, "v1", image)).Code);
        if (step != "delete")
            Assert.Equal(202, (await RunAsync(client, server, image, "delete")).Code);
        return image;
    }

    private static Task<RegistryReply> RunAsync(RegistryClient client, ServerProcess server, TestManifest image, string step) => step switch
    {
        "delete" => client.DeleteManifestAsync(Repository, image.Digest),
        "restore" => client.SendAsync(HttpMethod.Post, $"/acr/v1/_deleted/{Repository}/_manifests/{image.Digest}?force=true", null, null),
        _ => client.SendAsync(HttpMethod.Post, HsmServer.PathOf(server, "local").Replace("?", "/purgeDeleted?", StringComparison.Ordinal), JsonSerializer.SerializeToUtf8Bytes(new { repository = Repository }), "application/json"),
    };

    private async Task<ServerProcess> BreakAsync(ServerProcess server, FaultControl control, Fault fault, string step, bool mustFire = false)
    {
        TestManifest image;
        RegistryReply? reply;
        using (var client = server.CreateClient())
        {
            image = await PrepareAsync(client, server, step);
            control.Arm(fault);
            reply = await TryAsync(() => RunAsync(client, server, image, step));
            Assert.True(control.Fired > 0 || !mustFire, "The journal was not touched.");
            Assert.True(!mustFire || reply is null or { Code: 500 or 503 }, $"The journal failed, and the answer was {reply}.");
            control.Disarm();
        }
        Log($"{step}, {fault.Action} at {fault.Calls} {fault.Nth}: fired {control.Fired}, answered {reply?.Code}");
        await server.KillAsync();
        await server.DisposeAsync();
        var next = await ServerProcess.StartAsync(WithFaults(control));
        using var after = next.CreateClient();
        await AssertHoldsAsync(after, next, image, step, isDone: reply is { Code: 200 or 202 });
        return next;
    }

    private static async Task AssertHoldsAsync(RegistryClient client, ServerProcess server, TestManifest image, string step, bool isDone)
    {
        var isThere = (await client.HeadManifestAsync(Repository, image.Digest)).Code == 200;
        var isInBin = (await client.GetAsync($"/acr/v1/_deleted/{Repository}/_manifests?n=1000")) is { Code: 200 } bin && bin.Json!["manifests"]!.AsArray().Any(one => (string?)one!["digest"] == image.Digest);
        var (before, after) = step switch { "delete" => ((true, false), (false, true)), "restore" => ((false, true), (true, false)), _ => ((false, true), (false, false)) };
        Assert.Contains((isThere, isInBin), isDone ? [after] : new[] { before, after });
        if (isInBin)
            Assert.Equal(200, (await RunAsync(client, server, image, "restore")).Code);
        // With the tag that it had, and every byte.
        if (isThere || isInBin)
            await AssertPullableAsync(client, Repository, "v1", image);
    }
}
