using Breakwater.Faults.Tests.Injection;
using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>The process ends at the n-th call of a push: what was acknowledged is whole, what was not is absent or whole.</summary>
public sealed class KilledAtCallTests : FaultTest
{
    private const string Repository = "faults/killed";

    [Theory]
    [InlineData(Calls.Write, FaultAction.KillBefore)]
    [InlineData(Calls.Write, FaultAction.ShortWrite)]
    [InlineData(Calls.Sync, FaultAction.KillBefore)]
    [InlineData(Calls.Sync, FaultAction.KillAfter)]
    [InlineData(Calls.Create | Calls.Unlink | Calls.Rename | Calls.Truncate | Calls.Link, FaultAction.KillBefore)]
    public async Task Push_ProcessEndsAtCall_KeepsWhatWasAcknowledged(Calls calls, FaultAction action)
    {
        using var control = await FaultControl.CreateAsync(Folder);
        var server = await ServerProcess.StartAsync(WithFaults(control));
        try
        {
            var count = await CountCallsAsync(server, control, calls);
            Log($"{calls}: {count} calls in one push");
            for (var round = 0; round < TestSettings.Rounds(usual: 3, soak: (int)count); round++)
            {
                // The usual run takes points from the whole length of a push, the soak every one.
                var nth = TestSettings.Soak ? (uint)round + 1 : (uint)Content.Random.Next(1, (int)Math.Max(2, count + 1));
                server = await PushUntilFaultAsync(server, control, new Fault(calls, action) { Path = DataDirectory, Nth = nth });
            }
            // Nothing is deleted in between, so what a round broke still shows here.
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private async Task<uint> CountCallsAsync(ServerProcess server, FaultControl control, Calls calls)
    {
        using var client = server.CreateClient();
        // The first push also makes the repository, which the ones that are counted on do not.
        Assert.Equal(201, (await client.PushAsync(Repository, "first", Image())).Code);
        control.Arm(new Fault(calls, FaultAction.Count) { Path = DataDirectory });
        var reply = await client.PushAsync(Repository, "count", Image());
        control.Disarm();
        Assert.Equal(201, reply.Code);
        return control.Matched;
    }

    private async Task<ServerProcess> PushUntilFaultAsync(ServerProcess server, FaultControl control, Fault fault)
    {
        var manifest = Image();
        var tag = $"n{fault.Nth}-{Content.Random.Next()}";
        var acknowledged = new List<TestBlob>();
        bool whole;
        using (var client = server.CreateClient())
        {
            control.Arm(fault);
            foreach (var blob in manifest.Blobs)
            {
                if (await TryAsync(() => client.PushBlobAsync(Repository, blob)) is { Code: 201 })
                    acknowledged.Add(blob);
            }
            whole = await TryAsync(() => client.PutManifestAsync(Repository, tag, manifest)) is { Code: 201 };
            control.Disarm();
        }
        Log($"{fault.Action} at {fault.Calls} {fault.Nth}: fired {control.Fired}, {acknowledged.Count} blobs acknowledged, manifest {whole}");
        if (fault.Action != FaultAction.ShortWrite && control.Fired > 0)
            Assert.Equal(137, await server.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        await server.KillAsync();
        await server.DisposeAsync();

        var next = await ServerProcess.StartAsync(WithFaults(control));
        await AssertHoldsAsync(next, manifest, tag, acknowledged, whole);
        return next;
    }

    private static async Task AssertHoldsAsync(ServerProcess server, TestManifest manifest, string tag, List<TestBlob> acknowledged, bool whole)
    {
        using var client = server.CreateClient();
        foreach (var blob in acknowledged)
            await AssertPullableAsync(client, Repository, blob);
        var found = (await client.HeadManifestAsync(Repository, tag)).Code == 200;
        Assert.True(found || !whole, "An acknowledged manifest is gone.");
        if (found)
            await AssertPullableAsync(client, Repository, tag, manifest);
    }

    private TestManifest Image() => TestManifest.RandomImage(Content, layers: 2, layerSizeBytes: 150_000);
}
