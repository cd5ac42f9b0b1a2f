using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Clients;

/// <summary>Connections that do nothing must not use up the descriptors that files need.</summary>
public sealed class IdleConnectionTests : FaultTest
{
    private const string Repository = "faults/idle";

    [Fact]
    public async Task Flood_MoreConnectionsThanDescriptors_ServesOnAfterwards()
    {
        var options = Options with { ShellPrelude = "ulimit -n 512" };
        await using var server = await ServerProcess.StartAsync(options);
        var blob = Content.Blob(100_000);
        using (var before = server.CreateClient())
            Assert.Equal(201, (await before.PushBlobAsync(Repository, blob)).Code);

        var flood = new List<RawConnection>();
        try
        {
            for (var count = 0; count < 700; count++)
                flood.Add(await RawConnection.OpenAsync(server.HttpPort));
            await Task.Delay(500);
            Assert.False(server.HasExited, server.Output);
        }
        finally
        {
            flood.ForEach(connection => connection.Dispose());
        }

        using var after = server.CreateClient();
        after.Timeout = TimeSpan.FromSeconds(10);
        await Eventually.HoldsAsync(
            async () => await TryAsync(() => after.GetBlobAsync(Repository, blob.Digest)) is { Code: 200 }, "pulls work after the flood");
        Assert.Equal(201, (await after.PushBlobAsync(Repository, Content.Blob(100_000))).Code);
        await AssertVerifiesAsync(server);
        Assert.Equal(0, await server.TerminateAsync());
    }
}
