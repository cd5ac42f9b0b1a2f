using Breakwater.Server.Network;
using Breakwater.Server.Tests.Hosting;

namespace Breakwater.Server.Tests.Network;

/// <summary>A file of revocation lists while the server runs.</summary>
public sealed class RevocationWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StoppedClock clock = new() { Now = DateTimeOffset.UtcNow };
    private readonly LogLines<RevocationWatch> log = new();
    private readonly TestAuthority issuer = TestAuthority.Create();
    private readonly ClientAuthority authority;
    private readonly ClientChain client;

    public RevocationWatchTests()
    {
        authority = ClientAuthority.Load(folder.Write("ca.pem", issuer.Pem), out _)!;
        using var certificate = issuer.Issue();
        client = authority.ChainOf(certificate)!;
        Write(issuer.Revoke());
    }

    [Fact]
    public void Poll_FileReplaced_CountsFromThenOn()
    {
        using var watch = Open();
        using var other = issuer.Issue();
        Assert.Null(Problem(watch));
        Write(issuer.Revoke(other));
        watch.Poll();
        Assert.Null(Problem(watch));
        Assert.NotNull(watch.Current.ProblemOf(authority.ChainOf(other)!, clock.Now));
        Assert.Contains(log.Lines, line => line.Contains("CN=clients", StringComparison.Ordinal) && line.Contains("1 revoked", StringComparison.Ordinal));
    }

    [Fact]
    public void Poll_ListEnded_RefusesEverybodyAndSaysSoOnce()
    {
        using var watch = Open();
        clock.Now += TimeSpan.FromDays(8);
        Assert.Contains("does not count now", Problem(watch), StringComparison.Ordinal);
        watch.Poll();
        watch.Poll();
        var line = Assert.Single(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("CN=clients ended at", line, StringComparison.Ordinal);
        Assert.Contains("clients.crl", line, StringComparison.Ordinal);
        Write(issuer.Revoke(clock.Now.AddDays(7)));
        watch.Poll();
        Assert.Null(Problem(watch));
    }

    [Fact]
    public void Open_OfAListThatHasEnded_IsNoFaultOfTheStart()
    {
        Write(issuer.Revoke(clock.Now.AddMinutes(-1)));
        Assert.Null(RevocationWatch.ProblemOf(folder.File("clients.crl"), authority));
        using var watch = Open();
        Assert.NotNull(Problem(watch));
        Assert.Contains(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("ended at", StringComparison.Ordinal));
    }

    [Fact]
    public void Poll_FileBrokenForeignOrGone_KeepsTheLastGoodListsAndSaysSoOnce()
    {
        using var watch = Open();
        var before = watch.Current;
        using var stranger = TestAuthority.Create("CN=stranger");
        Action[] slips = [() => Write([1, 2, 3]), () => Write(stranger.Revoke()), () => File.Delete(folder.File("clients.crl"))];
        for (var slip = 0; slip < slips.Length; slip++)
        {
            slips[slip]();
            watch.Poll();
            watch.Poll();
            Assert.Same(before, watch.Current);
            Assert.Equal(slip + 1, log.Lines.Count(line => line.StartsWith("Error: The changed", StringComparison.Ordinal)));
        }
        Assert.Contains("CN=stranger is not signed by", log.Lines.ElementAt(^2), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAForeignList_IsRefusedWithTheReason()
    {
        using var stranger = TestAuthority.Create("CN=stranger");
        Write(stranger.Revoke());
        Assert.Contains("CN=stranger is not signed by", RevocationWatch.ProblemOf(folder.File("clients.crl"), authority), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(Open);
    }

    public void Dispose()
    {
        issuer.Dispose();
        folder.Dispose();
    }

    private string? Problem(RevocationWatch watch) => watch.Current.ProblemOf(client, clock.Now);

    private void Write(byte[] list) => File.WriteAllBytes(folder.File("clients.crl"), list);

    private RevocationWatch Open() => RevocationWatch.Open(folder.File("clients.crl"), authority, clock, log);
}
