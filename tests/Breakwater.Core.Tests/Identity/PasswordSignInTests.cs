using System.Diagnostics;
using System.Net;
using System.Text;
using Breakwater.Core.Identity;
using Breakwater.Core.Tests.Access;

namespace Breakwater.Core.Tests.Identity;

public sealed class PasswordSignInTests
{
    private const string Right = "correct horse battery", Wrong = "wrong horse battery";

    private static byte[] Credentials(string password = Right) => Encoding.UTF8.GetBytes($"owner:{password}");

    [Theory]
    [InlineData("owner", Right, SignInOutcome.Accepted)]
    [InlineData("owner", Wrong, SignInOutcome.Refused)]
    [InlineData("nobody", Right, SignInOutcome.Refused)]
    [InlineData("owner", "bwk_pw_mistyped", SignInOutcome.Refused)]
    [InlineData("", "", SignInOutcome.Refused)]
    public async Task SignIn_Credentials_AreJudged(string name, string password, SignInOutcome expected)
    {
        await using var test = await TestDirectory.CreateAsync();

        var result = await test.TryAsync(name, password);

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == SignInOutcome.Accepted, result.Caller is not null);
    }

    [Fact]
    public async Task FindRecent_AfterSuccess_RemembersForAMinute()
    {
        await using var test = await TestDirectory.CreateAsync();
        Assert.Null(test.SignIn.FindRecent(Credentials(), Callers.Registry));

        await test.TryAsync("owner", Right);

        Assert.Equal("owner", test.SignIn.FindRecent(Credentials(), Callers.Registry)!.Principal.Name);
        Assert.Null(test.SignIn.FindRecent(Credentials(Wrong), Callers.Registry));
        test.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(test.SignIn.FindRecent(Credentials(), Callers.Registry));
    }

    [Fact]
    public async Task FindRecent_AfterPasswordChange_Forgets()
    {
        await using var test = await TestDirectory.CreateAsync();
        var caller = (await test.TryAsync("owner", Right)).Caller!;

        await test.Users.SetPasswordAsync(caller.Principal.Id, new Secret("another horse battery"));

        Assert.Null(test.SignIn.FindRecent(Credentials(), Callers.Registry));
        Assert.Equal(SignInOutcome.Refused, (await test.TryAsync("owner", Right)).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync("owner", "another horse battery")).Outcome);
    }

    [Fact]
    public async Task SignIn_DisabledUser_IsRefusedUntilEnabled()
    {
        await using var test = await TestDirectory.CreateAsync();
        var id = (await test.Users.CreateAsync(test.Managing, "ann", null, TestDirectory.Password)).Principal.Id;
        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync("ann", Right)).Outcome);
        Assert.NotNull(test.SignIn.FindRecent(Encoding.UTF8.GetBytes($"ann:{Right}"), Callers.Registry));

        await test.Users.ChangeAsync(test.Managing, id, new UserChange(null, Disabled: true, null));
        Assert.Null(test.SignIn.FindRecent(Encoding.UTF8.GetBytes($"ann:{Right}"), Callers.Registry));
        Assert.Equal(SignInOutcome.Refused, (await test.TryAsync("ann", Right)).Outcome);

        await test.Users.ChangeAsync(test.Managing, id, new UserChange(null, Disabled: false, null));
        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync("ann", Right)).Outcome);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("nobody")]
    public async Task SignIn_SixthFailure_IsTooManyWhetherTheNameExists(string name)
    {
        await using var test = await TestDirectory.CreateAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal(SignInOutcome.Refused, (await test.TryAsync(name, Wrong + i)).Outcome);

        var sixth = await test.TryAsync(name, Right);

        Assert.Equal(SignInOutcome.TooMany, sixth.Outcome);
        Assert.InRange(sixth.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task SignIn_OtherSourceWasThrottled_IsStillHeard()
    {
        await using var test = await TestDirectory.CreateAsync();
        for (var source = 1; source <= 6; source++)
        {
            for (var i = 0; i < 6; i++)
                await test.TryAsync("owner", $"{Wrong}{i}", IPAddress.Parse($"198.51.100.{source}"));
        }

        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync("owner", Right)).Outcome);
    }

    [Fact]
    public async Task SignIn_ManyAtOnceWithTheSameCredentials_HashOnceAndAreNotThrottled()
    {
        await using var test = await TestDirectory.CreateAsync(iterations: 100_000, concurrency: 1, waiting: 0);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => test.TryAsync("owner", Right)));

        Assert.All(results, result => Assert.Equal(SignInOutcome.Accepted, result.Outcome));
    }

    [Fact]
    public async Task SignIn_HashingQueueFull_IsTooManyAndCountsAsNoFailure()
    {
        await using var test = await TestDirectory.CreateAsync(concurrency: 1, waiting: 0);
        using var release = new ManualResetEventSlim();
        var blocker = test.Queue.TryRun(() => { release.Wait(); return 0; });

        for (var i = 0; i < 20; i++)
            Assert.Equal(SignInOutcome.TooMany, (await test.TryAsync("owner", Right)).Outcome);
        release.Set();
        await blocker!;

        Assert.Equal(SignInOutcome.Accepted, (await test.TryAsync("owner", Right)).Outcome);
    }

    [Fact]
    public async Task SignIn_HashedWithFewerIterations_IsHashedAnewWithoutEndingTokens()
    {
        await using var test = await TestDirectory.CreateAsync();
        var stronger = new PasswordHasher(iterations: 50);
        var users = new UserAccounts(test.Database, test.Principals, stronger, test.Clock);
        var signIn = new PasswordSignIn(test.Principals, users, test.Services, stronger, test.Queue, test.Throttle, test.Clock);

        var result = await signIn.SignInAsync(registry: null, "owner", TestDirectory.Password, TestDirectory.Here, TestContext.Current.CancellationToken);

        Assert.Equal(SignInOutcome.Accepted, result.Outcome);
        Assert.Contains("$i=50$", test.Principals.Find("owner")!.PasswordHash, StringComparison.Ordinal);
        Assert.Equal(1, test.Principals.Find("owner")!.Principal.Version);
        Assert.NotNull(signIn.FindRecent(Credentials(), Callers.Registry));
    }

    [Fact]
    public async Task SignIn_UnknownName_TakesAboutAsLong()
    {
        await using var test = await TestDirectory.CreateAsync(iterations: 150_000);
        var known = await FastestAsync(test, "owner");
        var unknown = await FastestAsync(test, "nobody");

        Assert.InRange(unknown / known, 0.3, 3);
    }

    private static async Task<double> FastestAsync(TestDirectory test, string name)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var watch = Stopwatch.StartNew();
            await test.TryAsync(name, Wrong + i);
            fastest = Math.Min(fastest, watch.Elapsed.TotalMilliseconds);
        }
        return fastest;
    }
}
