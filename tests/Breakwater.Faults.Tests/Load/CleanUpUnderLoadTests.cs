using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Load;

/// <summary>Clean-up every second, with leases of two, while images come and go: nothing that is due goes, everything else does.</summary>
public sealed class CleanUpUnderLoadTests : LoadTest
{
    [Fact]
    public async Task CleanUp_EverySecondUnderLoad_LosesNothingAndFreesTheRest()
    {
        await using var server = await ServerProcess.StartAsync(Options with { Arguments = ServerOptions.QuickCleanUp });
        using (var end = new CancellationTokenSource(TimeSpan.FromSeconds(TestSettings.Rounds(usual: 12, soak: 600))))
            await RunWorkersAsync(server, end.Token);

        AssertLoadWorked();
        await AssertNothingLostAsync(server, unreferencedBlobsToo: false);
        await AssertVerifiesAsync(server);

        await DeleteEverythingAsync(server);
        await Eventually.HoldsAsync(() => Task.FromResult(ObjectFiles() == 0), "every object file is gone once nothing refers to it", TimeSpan.FromSeconds(60));
        await AssertVerifiesAsync(server);
    }

    private int ObjectFiles() =>
        Directory.EnumerateFiles(ObjectsDirectory, "*", SearchOption.AllDirectories).Count(file => Path.GetFileName(file) != "marker");
}
