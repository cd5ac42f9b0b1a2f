using BenchmarkDotNet.Attributes;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;

namespace Breakwater.Benchmarks;

/// <summary>Runs on every request with a Bearer token.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private const string Audience = "127.0.0.1:5000";
    private BenchInstallation _installation = null!;
    private RegistryTokens _tokens = null!;
    private string _token = "";

    [GlobalSetup]
    public async Task Prepare()
    {
        _installation = await BenchInstallation.CreateAsync();
        var database = _installation.Opened.Database;
        var directory = new PrincipalDirectory(database);
        var owner = await new UserAccounts(database, directory, new PasswordHasher(), TimeProvider.System).CreateOwnerAsync("owner", new Secret("correct horse battery"));
        var keys = new SigningKeyRing(database, _installation.Opened.Secrets, TimeProvider.System);
        await keys.LoadAsync(CancellationToken.None);
        _tokens = new RegistryTokens(keys, directory, new SignInSessions(database, TimeProvider.System), TimeProvider.System);
        _token = new TokenIssuer(_tokens).Issue(owner.AsCaller, _installation.Opened.Registries.First, Audience, ["repository:team/app:pull,push"]).Text;
        await _tokens.ValidateAsync(_token, _installation.Opened.Registries.First, Audience);
    }

    [GlobalCleanup]
    public async Task Close() => await _installation.DisposeAsync();

    /// <summary>The first request with a token, and one a minute: signature, lifetime, claims.</summary>
    [Benchmark]
    public async Task<Caller?> Validate() => await _tokens.ValidateAsync(_token, _installation.Opened.Registries.First, Audience);

    /// <summary>Every other request.</summary>
    [Benchmark]
    public Caller? FindVerified() => _tokens.FindVerified(_token, _installation.Opened.Registries.First, Audience) ?? Refresh();

    private Caller? Refresh() => _tokens.ValidateAsync(_token, _installation.Opened.Registries.First, Audience).AsTask().GetAwaiter().GetResult();
}
