using System.Text;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Manifests;
using Breakwater.Oci;

namespace Breakwater.Benchmarks;

/// <summary>A pull of a manifest from memory by its tag: Core's part of a GET.</summary>
[MemoryDiagnoser]
public class ManifestPullBenchmarks
{
    private static readonly ManifestReference Tag = ManifestReference.Parse("v1");

    private BenchInstallation _installation = null!;
    private RepositoryAccess _access = null!;
    private ManifestStore _manifests = null!;

    [GlobalSetup]
    public async Task Prepare()
    {
        _installation = await BenchInstallation.CreateAsync();
        var opened = _installation.Opened;
        var directory = new PrincipalDirectory(opened.Database);
        var owner = await new UserAccounts(opened.Database, directory, new PasswordHasher(), TimeProvider.System).CreateOwnerAsync("owner", new Secret("correct horse battery"));
        _access = RepositoryAccess.Decide(owner.AsCaller, opened.Registries.First, RepositoryName.Parse("team/app"), RepositoryActions.Pull | RepositoryActions.Upload)!;
        _manifests = opened.Manifests;
        await _manifests.PutAsync(_access, Tag, [], Encoding.UTF8.GetBytes("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"""), contentType: null);
    }

    [GlobalCleanup]
    public async Task Close() => await _installation.DisposeAsync();

    /// <summary>As for HEAD.</summary>
    [Benchmark(Baseline = true)]
    public async ValueTask<long> Find() => (await _manifests.FindAsync(_access, Tag))!.Body.Length;

    /// <summary>As for GET.</summary>
    [Benchmark]
    public async ValueTask<long> FindAndCount()
    {
        var found = (await _manifests.FindForPullAsync(_access, Tag))!.Value;
        _manifests.Count(found);
        return found.Manifest.Body.Length;
    }
}
