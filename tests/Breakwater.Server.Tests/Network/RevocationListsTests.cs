using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Server.Network;

namespace Breakwater.Server.Tests.Network;

/// <summary>Which revocation lists are believed, and what they say.</summary>
public sealed class RevocationListsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TestAuthority authority = TestAuthority.Create();

    [Theory]
    [InlineData(false, "SHA256")]
    [InlineData(false, "SHA384")]
    [InlineData(false, "SHA512")]
    [InlineData(true, "SHA256")]
    [InlineData(true, "SHA384")]
    [InlineData(true, "SHA512")]
    public void Lists_OfTheAuthority_NameWhomItRevoked(bool isRsa, string hash)
    {
        using var issuer = TestAuthority.Create(isRsa: isRsa);
        using var revoked = issuer.Issue();
        using var other = issuer.Issue();
        var list = issuer.Revoke(DateTimeOffset.UtcNow.AddDays(7), new HashAlgorithmName(hash), DateTimeOffset.UtcNow.AddDays(-1), revoked);
        foreach (var content in new[] { list, Encoding.ASCII.GetBytes(TestAuthority.ToPem(list)), Encoding.ASCII.GetBytes("of today\r\n" + TestAuthority.ToPem(list).ReplaceLineEndings("\r\n")) })
        {
            Assert.Contains("has revoked", Problem(content, revoked, issuer), StringComparison.Ordinal);
            Assert.Null(Problem(content, other, issuer));
        }
    }

    [Fact]
    public void Lists_OnlyFromTheirDayToTheirEnd_Count()
    {
        using var client = authority.Issue();
        Assert.Contains("does not count now", Problem(authority.Revoke(DateTimeOffset.UtcNow.AddMinutes(-1)), client), StringComparison.Ordinal);
        Assert.Contains("does not count now", Problem(authority.Revoke(DateTimeOffset.UtcNow.AddDays(7), HashAlgorithmName.SHA256, DateTimeOffset.UtcNow.AddHours(1)), client), StringComparison.Ordinal);
        Assert.Null(Problem(authority.Revoke(), client));
    }

    [Fact]
    public void Lists_OfOneAuthority_TheNewestCounts()
    {
        using var client = authority.Issue();
        var old = authority.Revoke(DateTimeOffset.UtcNow.AddDays(7), HashAlgorithmName.SHA256, DateTimeOffset.UtcNow.AddDays(-2), client);
        var current = authority.Revoke(DateTimeOffset.UtcNow.AddDays(7), HashAlgorithmName.SHA256, DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Null(Problem(Bundle(old, current), client));
        Assert.Null(Problem(Bundle(current, old), client));
        Assert.NotNull(Problem(old, client));
    }

    [Fact]
    public void Lists_OfAChain_AreAskedForEachOfIt()
    {
        using var middle = TestAuthority.Create("CN=middle", authority);
        using var client = middle.Issue();
        Assert.Contains("no revocation list", Problem(authority.Revoke(), client, authority, middle), StringComparison.Ordinal);
        Assert.Contains("no revocation list", Problem(middle.Revoke(), client, authority, middle), StringComparison.Ordinal);
        Assert.Null(Problem(Bundle(authority.Revoke(), middle.Revoke()), client, authority, middle));
        Assert.Contains("has revoked", Problem(Bundle(authority.Revoke(), middle.Revoke(client)), client, authority, middle), StringComparison.Ordinal);
        Assert.Contains("CN=clients has revoked", Problem(Bundle(authority.Revoke(middle.Certificate), middle.Revoke()), client, authority, middle), StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfAnotherAuthorityOfTheSameName_IsNotBelieved()
    {
        using var other = TestAuthority.Create();
        using var stranger = TestAuthority.Create("CN=stranger");
        Assert.Contains("not signed by one of the client authorities", Refusal(other.Revoke()), StringComparison.Ordinal);
        Assert.Contains("CN=stranger is not signed by", Refusal(stranger.Revoke()), StringComparison.Ordinal);
        // One bad list spoils the file: who reads half of it would not know which half.
        Assert.Contains("CN=stranger is not signed by", Refusal(Bundle(authority.Revoke(), stranger.Revoke())), StringComparison.Ordinal);
        // Where both are client authorities, each speaks for its own.
        using var client = authority.Issue();
        Assert.Contains("no revocation list", Problem(other.Revoke(), client, authority, other), StringComparison.Ordinal);
        Assert.Null(Problem(Bundle(authority.Revoke(), other.Revoke()), client, authority, other));
    }

    [Fact]
    public void List_Changed_IsNotBelieved()
    {
        using var client = authority.Issue();
        var list = authority.Revoke(client);
        for (var at = 0; at < list.Length; at++)
        {
            var changed = (byte[])list.Clone();
            changed[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => RevocationLists.Read(changed, Authority(authority)));
        }
        Assert.Throws<InvalidDataException>(() => RevocationLists.Read(list[..^1], Authority(authority)));
        Assert.Throws<InvalidDataException>(() => RevocationLists.Read([.. list, 0], Authority(authority)));
    }

    [Theory]
    [InlineData("2.5.29.27", true, false)]
    [InlineData("2.5.29.27", false, false)]
    [InlineData("2.5.29.28", false, false)]
    [InlineData("2.5.29.28", true, false)]
    [InlineData("1.2.3.4", true, false)]
    [InlineData("2.5.29.29", true, true)]
    [InlineData("2.5.29.29", false, true)]
    [InlineData("1.2.3.4", true, true)]
    public void List_OfAPartOrOfChangesOrOfOthers_IsNotBelieved(string extension, bool isCritical, bool isOfAnEntry) =>
        Assert.Contains(extension, Refusal(authority.Craft(extension, isCritical, isOfAnEntry)), StringComparison.Ordinal);

    [Fact]
    public void List_WithWhatChangesNothing_IsBelieved()
    {
        using var client = authority.Issue();
        Assert.Null(Problem(authority.Craft(), client));
        Assert.Null(Problem(authority.Craft("1.2.3.4"), client));
        Assert.Null(Problem(authority.Craft("2.5.29.20", isCritical: true), client));
        Assert.Contains("nextUpdate", Refusal(authority.Craft(hasNext: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void List_SignedBySha1_IsNotBelieved() =>
        Assert.Contains("not taken", Refusal(authority.Craft(algorithm: "1.2.840.10045.4.1")), StringComparison.Ordinal);

    [Fact]
    public void File_WithoutAList_IsRefused()
    {
        Assert.Contains("no revocation list", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("no revocation list", Refusal(Encoding.ASCII.GetBytes("rubbish")), StringComparison.Ordinal);
        Assert.Contains("holds no revocation list", Refusal(Encoding.ASCII.GetBytes(authority.Pem)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private static byte[] Bundle(params byte[][] lists) => Encoding.ASCII.GetBytes(string.Concat(lists.Select(TestAuthority.ToPem)));

    private string Refusal(byte[] content) => Assert.Throws<InvalidDataException>(() => RevocationLists.Read(content, Authority(authority))).Message;

    private string? Problem(byte[] content, X509Certificate2 client, params TestAuthority[] authorities)
    {
        var known = Authority(authorities.Length == 0 ? [authority] : authorities);
        return RevocationLists.Read(content, known).ProblemOf(known.ChainOf(client) ?? throw new InvalidOperationException("No chain."), DateTimeOffset.UtcNow);
    }

    private ClientAuthority Authority(params TestAuthority[] authorities) =>
        ClientAuthority.Load(folder.Write("ca.pem", string.Concat(authorities.Select(one => one.Pem))), out _) ?? throw new InvalidOperationException("No authority.");
}
