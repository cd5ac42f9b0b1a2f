using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Model;

/// <summary>The server against an executable model of it, with restarts of both kinds in between.</summary>
public sealed class ModelTests : FaultTest
{
    [Fact]
    public async Task RandomOperations_WithRestarts_AgreeWithTheModel()
    {
        var run = new ModelRun(Content);
        var server = await ServerProcess.StartAsync(Options);
        try
        {
            for (var round = 0; round < TestSettings.Rounds(usual: 4, soak: 100); round++)
            {
                var kill = round % 2 == 0;
                using (run.Client = server.CreateClient())
                {
                    for (var step = 0; step < 80; step++)
                        await run.StepAsync();
                    await run.CompareAllAsync();
                }
                if (kill)
                    await server.KillAsync();
                else
                    Assert.Equal(0, await server.TerminateAsync());
                await server.DisposeAsync();

                run.History.Add(kill ? "SIGKILL and restart" : "SIGTERM and restart");
                server = await ServerProcess.StartAsync(Options);
                using (run.Client = server.CreateClient())
                {
                    if (kill)
                        await run.AdoptUploadsAsync();
                    await run.CompareAllAsync();
                }
            }
            await AssertVerifiesAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
