using System.Net;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class LoginThrottleTests
{
    private readonly ManualClock _clock = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(new LoginLimits(), _clock);

    private static IPAddress Source(int number) => IPAddress.Parse($"198.51.100.{number}");

    private bool Fail(string name, IPAddress source) => _throttle.TryBegin(name, source, out _) is not null;

    private int FailUntilRefused(string name, IPAddress source)
    {
        var failures = 0;
        while (failures < 100 && Fail(name, source))
            failures++;
        return failures;
    }

    [Fact]
    public void TryBegin_SameNameAndSource_IsRefusedAfterFive() => Assert.Equal(5, FailUntilRefused("owner", Source(1)));

    [Fact]
    public void TryBegin_ManyNamesFromOneSource_AreRefusedAfterTen() =>
        Assert.Equal(10, Enumerable.Range(0, 100).TakeWhile(i => Fail($"user{i}", Source(1))).Count());

    [Fact]
    public void TryBegin_SourcesOfOneIPv6Network_AreOne() =>
        Assert.Equal(5, Enumerable.Range(1, 100).TakeWhile(i => Fail("owner", IPAddress.Parse($"2001:db8:1:2::{i}"))).Count());

    [Fact]
    public void TryBegin_IPv4MappedToIPv6_IsTheSameSource()
    {
        FailUntilRefused("owner", IPAddress.Parse("::ffff:198.51.100.7"));

        Assert.False(Fail("owner", Source(7)));
    }

    [Fact]
    public void TryBegin_Loopback_IsNoException() => Assert.Equal(5, FailUntilRefused("owner", IPAddress.Loopback));

    [Fact]
    public void TryBegin_WhenRetryAfterHasPassed_IsHeardAgain()
    {
        FailUntilRefused("owner", Source(1));
        _throttle.TryBegin("owner", Source(1), out var retryAfter);
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(12));

        _clock.Advance(retryAfter);

        Assert.True(Fail("owner", Source(1)));
        Assert.False(Fail("owner", Source(1)));
    }

    [Fact]
    public void TryBegin_NameAttackedFromEverywhere_StillHearsANewSourceAndEachOnlyOnceAMinute()
    {
        for (var i = 1; i <= 20; i++)
            Assert.True(Fail("owner", Source(i)));

        Assert.False(Fail("owner", Source(1)));
        Assert.True(Fail("owner", Source(99)));
        Assert.False(Fail("owner", Source(99)));
        _throttle.TryBegin("owner", Source(99), out var retryAfter);
        Assert.InRange(retryAfter, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void TryBegin_RefusedAttempts_MakeItForgetNobody()
    {
        FailUntilRefused("owner", Source(2));
        for (var i = 0; i < 100_000; i++)
            Fail($"user{i}", Source(1));

        Assert.False(Fail("owner", Source(2)));
    }

    [Fact]
    public void GiveBack_SuccessfulAttempts_CountAsNothing()
    {
        for (var i = 0; i < 50; i++)
            _throttle.GiveBack(_throttle.TryBegin("owner", Source(1), out _)!);

        Assert.Equal(5, FailUntilRefused("owner", Source(1)));
    }

    [Fact]
    public void TryBegin_OtherName_IsNotBlockedByTheFirst()
    {
        FailUntilRefused("owner", Source(1));

        Assert.True(Fail("other", Source(1)));
    }
}
