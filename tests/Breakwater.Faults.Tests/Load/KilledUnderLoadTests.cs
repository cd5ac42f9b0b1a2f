using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Load;

/// <summary>SIGKILL at a random moment, again and again, under a load of pushes, pulls and deletes.</summary>
public sealed class KilledUnderLoadTests : LoadTest
{
    [Fact]
    public async Task Kill_AtRandomUnderLoad_LosesNothingAcknowledged()
    {
        var server = await ServerProcess.StartAsync(Options);
        try
        {
            for (var round = 0; round < TestSettings.Rounds(usual: 5, soak: 200); round++)
            {
                using var end = new CancellationTokenSource();
                var load = RunWorkersAsync(server, end.Token);
                await Task.Delay(Content.Random.Next(300, 2000));
                await server.KillAsync();
                await end.CancelAsync();
                await load;
                await server.DisposeAsync();

                var clock = System.Diagnostics.Stopwatch.StartNew();
                server = await ServerProcess.StartAsync(Options);
                Log($"round {round}: ready again after {clock.Elapsed.TotalSeconds:0.0} s");
                await AssertNothingLostAsync(server, unreferencedBlobsToo: true);
            }
            AssertLoadWorked();
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
