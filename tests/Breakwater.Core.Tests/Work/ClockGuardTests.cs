using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Work;

namespace Breakwater.Core.Tests.Work;

public sealed class ClockGuardTests
{
    private readonly MovableClock _clock = new();

    [Fact]
    public void MayRun_TimePasses_IsTrue()
    {
        var guard = new ClockGuard(_clock, TimeSpan.FromHours(24));
        for (var i = 0; i < 50; i++)
        {
            _clock.Advance(TimeSpan.FromHours(i));
            Assert.True(guard.MayRun());
        }
    }

    [Theory]
    [InlineData(48)]
    [InlineData(-48)]
    public void MayRun_ClockJumped_PausesForTheLease(int hours)
    {
        var guard = new ClockGuard(_clock, TimeSpan.FromHours(24));
        _clock.Jump(TimeSpan.FromHours(hours));
        Assert.False(guard.MayRun());
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.False(guard.MayRun());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(guard.MayRun());
    }

    [Fact]
    public void MayRun_JumpsAgainWhilePaused_PausesAnew()
    {
        var guard = new ClockGuard(_clock, TimeSpan.FromHours(24));
        _clock.Jump(TimeSpan.FromHours(48));
        Assert.False(guard.MayRun());
        _clock.Advance(TimeSpan.FromHours(23));
        _clock.Jump(TimeSpan.FromHours(-48));
        Assert.False(guard.MayRun());
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.False(guard.MayRun());
    }

    [Fact]
    public void MayRun_ClockIsCorrectedALittle_IsTrue()
    {
        var guard = new ClockGuard(_clock, TimeSpan.FromHours(24));
        _clock.Jump(TimeSpan.FromMinutes(4));
        Assert.True(guard.MayRun());
    }
}
