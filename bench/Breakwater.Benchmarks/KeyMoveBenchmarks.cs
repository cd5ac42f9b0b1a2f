using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;

namespace Breakwater.Benchmarks;

/// <summary>A new version of a key that 10,000 registries are under: their root keys are unwrapped, wrapped, proven and written. The store is the key file, so the time is Breakwater's own.</summary>
public class KeyMoveBenchmarks
{
    private const int Registries = 10_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("breakwater-benchmarks-").FullName;
    private SqliteDatabase _database = null!;
    private int _version = 1;

    private string KeyFile => Path.Combine(_folder, "service.key");

    private KeyRing Ring => new(_database, KeyFileProvider.Open(KeyFile), TimeProvider.System);

    [GlobalSetup]
    public async Task Open()
    {
        WriteKeyFile();
        _database = SqliteDatabase.Open(Path.Combine(_folder, "metadata.db"));
        var ring = Ring;
        var target = KeyTarget.Service(ring.Providers);
        var inserts = await Task.WhenAll(Enumerable.Range(0, Registries).Select(_ => ring.PrepareAsync(Guid.NewGuid(), target, epoch: 1, CancellationToken.None)));
        await _database.WriteAsync(db => inserts.Sum(insert => insert(db)));
    }

    [GlobalCleanup]
    public async Task Close()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [IterationSetup]
    public void AddVersion()
    {
        _version++;
        WriteKeyFile();
    }

    [Benchmark]
    public async Task<int> WrapAnew() => await new ServiceKeyFollower(_database, Ring).RunAsync(CancellationToken.None) is Registries ? Registries : throw new InvalidOperationException("Not all were wrapped anew.");

    private void WriteKeyFile() => File.WriteAllText(
        KeyFile, JsonSerializer.Serialize(new { versions = Enumerable.Range(1, _version).Select(i => new { version = $"k{i}", key = Convert.ToBase64String(Enumerable.Repeat((byte)i, 32).ToArray()) }) }));
}
