using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using Dapper;

namespace Breakwater.Core.Tests.Identity;

public sealed class SignInSessionsTests : IAsyncLifetime
{
    private TestDirectory _test = null!;
    private SignInSessions _sessions = null!;

    public async ValueTask InitializeAsync()
    {
        _test = await TestDirectory.CreateAsync();
        _sessions = new SignInSessions(_test.Database, _test.Clock);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    private Guid Owner => _test.Principals.Find("owner")!.Principal.Id;

    [Fact]
    public async Task Turn_TokenBefore_CountsWithinTheGraceAndEndsTheSessionAfterIt()
    {
        var first = await _sessions.BeginAsync(Owner);
        var second = (await _sessions.TurnAsync(first))!;
        _test.Clock.Advance(SignInSessions.Grace);
        Assert.Equal(second, await _sessions.TurnAsync(first));
        Assert.True(_sessions.IsLive(first.SessionId));

        _test.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await _sessions.TurnAsync(first));
        Assert.False(_sessions.IsLive(first.SessionId));
        Assert.Null(await _sessions.TurnAsync(second));
    }

    [Fact]
    public async Task Turn_TokenBeforeThatOrOneThatIsNotYet_EndsTheSessionAtOnce()
    {
        foreach (var wrong in new[] { -2, -1, 0, 2, 3 })
        {
            var first = await _sessions.BeginAsync(Owner);
            var third = (await _sessions.TurnAsync((await _sessions.TurnAsync(first))!))!;
            var expected = wrong is 0 or -1;

            var answer = await _sessions.TurnAsync(third with { Turn = third.Turn + wrong });

            Assert.Equal(expected, answer is not null);
            Assert.Equal(expected, _sessions.IsLive(first.SessionId));
        }
    }

    [Fact]
    public async Task Turn_UsedDaily_GoesOn_AndUnusedEnds()
    {
        var turn = await _sessions.BeginAsync(Owner);
        for (var day = 0; day < 5; day++)
        {
            _test.Clock.Advance(DirectoryTokenDefaults.SessionLifetime);
            turn = (await _sessions.TurnAsync(turn))!;
        }
        _test.Clock.Advance(DirectoryTokenDefaults.SessionLifetime + TokenDefaults.ClockSkew + TimeSpan.FromSeconds(1));

        Assert.Null(await _sessions.TurnAsync(turn));
        await _sessions.BeginAsync(Owner);
        Assert.False(_sessions.IsLive(turn.SessionId));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Turn_ManyAtOnce_AllGetTheSameNextOne()
    {
        var first = await _sessions.BeginAsync(Owner);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _sessions.TurnAsync(first))));

        Assert.All(answers, answer => Assert.Equal(new SessionTurn(first.SessionId, 2), answer));
    }

    [Fact]
    public async Task Redeem_CodeAgain_EndsItsSessionAndNoOther()
    {
        var code = Guid.NewGuid();
        var other = await _sessions.BeginAsync(Owner);
        var turn = (await _sessions.RedeemAsync(code, Owner))!;
        Assert.True(_sessions.IsLive(code));

        Assert.Null(await _sessions.RedeemAsync(code, Owner));

        Assert.False(_sessions.IsLive(code));
        Assert.Null(await _sessions.TurnAsync(turn));
        Assert.Null(await _sessions.RedeemAsync(code, Owner));
        Assert.True(_sessions.IsLive(other.SessionId));
    }

    [Fact]
    public async Task Redeem_SameCodeAtOnce_LeavesNoSession()
    {
        var code = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _sessions.RedeemAsync(code, Owner))));

        Assert.False(_sessions.IsLive(code));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Load_AfterARestart_KnowsThoseThatLive()
    {
        var ended = await _sessions.BeginAsync(Owner);
        var live = await _sessions.BeginAsync(Owner);
        await _sessions.TurnAsync(ended with { Turn = 7 });

        var restarted = new SignInSessions(_test.Database, _test.Clock);
        await restarted.LoadAsync();

        Assert.True(restarted.IsLive(live.SessionId));
        Assert.False(restarted.IsLive(ended.SessionId));
    }

    [Fact]
    public async Task Begin_TooMany_TheLongestUnusedGivesWay()
    {
        var oldest = await _sessions.BeginAsync(Owner);
        _test.Clock.Advance(TimeSpan.FromSeconds(1));
        var used = await _sessions.BeginAsync(Owner);
        for (var i = 0; i < SignInSessions.MaxSessions - 2; i++)
            await _sessions.BeginAsync(Owner);
        _test.Clock.Advance(TimeSpan.FromSeconds(1));
        used = (await _sessions.TurnAsync(used))!;

        await _sessions.BeginAsync(Owner);

        Assert.False(_sessions.IsLive(oldest.SessionId));
        Assert.True(_sessions.IsLive(used.SessionId));
        Assert.Equal(SignInSessions.MaxSessions, await CountAsync());
    }

    private Task<long> CountAsync() => _test.Database.ReadAsync(db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sign_in_session"));
}
