using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class ReadinessTests
{
    private readonly LogLines<Readiness> _log = new();

    [Fact]
    public void IsReady_OnlyBetweenStartAndDrainAndWithoutProblems()
    {
        var readiness = new Readiness(_log);
        Assert.False(readiness.IsReady);
        readiness.Started();
        Assert.True(readiness.IsReady);
        readiness.Report("storage", "the volume is full");
        Assert.Equal("the volume is full", readiness.Problems["storage"]);
        Assert.False(readiness.IsReady);
        readiness.Report("storage", null);
        Assert.True(readiness.IsReady);
        readiness.Drain();
        readiness.Report("storage", null);
        Assert.False(readiness.IsReady);
    }

    [Fact]
    public void Report_SameProblemAgain_IsLoggedOnce()
    {
        var readiness = new Readiness(_log);
        for (var i = 0; i < 3; i++)
            readiness.Report("storage", "full");
        for (var i = 0; i < 3; i++)
            readiness.Report("storage", null);
        Assert.Equal(["Warning: Not ready: storage: full", "Information: Ready again: storage"], _log.Lines);
    }
}
