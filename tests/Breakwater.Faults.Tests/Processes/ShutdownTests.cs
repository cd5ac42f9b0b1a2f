using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Processes;

/// <summary>SIGTERM: running transfers end or can be resumed, the exit code is 0.</summary>
public sealed class ShutdownTests : FaultTest
{
    private const string Repository = "faults/shutdown";

    private ServerOptions WithGrace(string grace) => Options with { Arguments = ["--shutdown-grace", grace] };

    [Fact]
    public async Task Terminate_UploadRunning_LetsItFinish()
    {
        var blob = Content.Blob(600_000);
        await using var server = await ServerProcess.StartAsync(WithGrace("10s"));
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        using var upload = await RawConnection.OpenAsync(server.HttpPort);
        await upload.SendHeadAsync(client, "PUT", BlobCalls.WithQuery(start.Location!, "digest", blob.Digest), $"Content-Length: {blob.SizeBytes}");
        await upload.SendAsync(blob.Content.AsMemory(0, 300_000));
        await Task.Delay(300);

        server.SignalTerminate();
        await Task.Delay(500);
        await upload.SendAsync(blob.Content.AsMemory(300_000));
        var answer = await upload.ReadAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        await using var next = await ServerProcess.StartAsync(WithGrace("10s"));
        using var reader = next.CreateClient();
        await AssertPullableAsync(reader, Repository, blob);
    }

    [Fact]
    public async Task Terminate_UploadStalls_EndsInTimeAndTheUploadResumes()
    {
        var blob = Content.Blob(600_000);
        await using var server = await ServerProcess.StartAsync(WithGrace("1s"));
        using var client = server.CreateClient();
        var start = await client.StartUploadAsync(Repository);
        var first = await client.PatchAsync(start.Location!, blob.Content[..200_000], first: 0);
        Assert.Equal(202, first.Code);
        using var upload = await RawConnection.OpenAsync(server.HttpPort);
        await upload.SendHeadAsync(client, "PATCH", first.Location!, "Content-Length: 400000", "Content-Range: 200000-599999");
        await upload.SendAsync(blob.Content.AsMemory(200_000, 100_000));
        await Task.Delay(300);

        Assert.Equal(0, await server.TerminateAsync());

        await using var next = await ServerProcess.StartAsync(WithGrace("1s"));
        using var again = next.CreateClient();
        var reply = await Uploads.ResumeAsync(again, first.Location!, blob, atLeast: 200_000);
        Assert.True(reply.Code == 201, reply.ToString());
        await AssertPullableAsync(again, Repository, blob);
        await AssertVerifiesAsync(next);
    }

    [Fact]
    public async Task Terminate_Idle_IsQuickAndExits0()
    {
        await using var server = await ServerProcess.StartAsync(Options);
        using var client = server.CreateClient();
        Assert.Equal(200, (await client.GetAsync("/v2/")).Code);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(0, await server.TerminateAsync());

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), $"An idle server took {clock.Elapsed} to end.");
    }
}
