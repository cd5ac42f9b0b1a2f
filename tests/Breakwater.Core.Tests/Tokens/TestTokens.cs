using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Identity;
using Breakwater.Core.Tokens;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Tokens;

/// <summary>A signing key ring on a real database, a directory with an owner, and what is minted with them.</summary>
internal sealed class TestTokens : IAsyncDisposable
{
    public const string Host = "registry.example:5000";

    private TestTokens(TestDirectory directory, SigningKeyRing keys)
    {
        Directory = directory;
        Keys = keys;
        Tokens = new RegistryTokens(keys, directory.Principals, Sessions = new SignInSessions(directory.Database, directory.Clock), directory.Clock);
        Issuer = new TokenIssuer(Tokens);
    }

    public TestDirectory Directory { get; }

    public SigningKeyRing Keys { get; }

    public RegistryTokens Tokens { get; }

    public SignInSessions Sessions { get; }

    public TokenIssuer Issuer { get; }

    public Registry Registry { get; } = new(Guid.NewGuid(), "local", 1);

    public DirectoryEntry Owner => Directory.Principals.Find("owner")!;

    public static async Task<TestTokens> CreateAsync()
    {
        var directory = await TestDirectory.CreateAsync();
        var keys = new SigningKeyRing(directory.Database, await directory.CreateBoxAsync(), directory.Clock);
        await keys.LoadAsync(CancellationToken.None);
        return new TestTokens(directory, keys);
    }

    public string Issue(params string[] scopes) => Issuer.Issue(Owner.AsCaller, Registry, Host, scopes).Text;

    public ValueTask<Caller?> ValidateAsync(string token, Registry? registry = null, string host = Host) =>
        Tokens.ValidateAsync(token, registry ?? Registry, host);

    public static RepositoryActions Granted(Caller? caller, string repository) => caller!.Limit!.For(RepositoryName.Parse(repository));

    public ValueTask DisposeAsync() => Directory.DisposeAsync();
}
