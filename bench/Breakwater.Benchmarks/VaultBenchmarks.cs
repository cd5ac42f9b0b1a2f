using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Storage;

namespace Breakwater.Benchmarks;

/// <summary>The encryption barrier with its files: what a pull reads and what a push writes, without HTTP.</summary>
[MemoryDiagnoser]
public class VaultBenchmarks
{
    private static readonly PipeWriter Nowhere = PipeWriter.Create(Stream.Null);
    private BenchInstallation _installation = null!;
    private SealedObject _object = null!;
    private byte[] _content = [];

    [Params(1024, 1024 * 1024, 100 * 1024 * 1024)]
    public int SizeBytes { get; set; }

    private BlobVault Vault => _installation.Opened.Vault;

    private Guid RegistryId => _installation.Opened.Registries.First.Id;

    [GlobalSetup]
    public async Task Open()
    {
        _installation = await BenchInstallation.CreateAsync();
        _content = new byte[SizeBytes];
        Random.Shared.NextBytes(_content);
        _object = await StoreAsync();
    }

    [GlobalCleanup]
    public async Task Close() => await _installation.DisposeAsync();

    /// <summary>Opens an object, decrypts and verifies all of it from the page cache.</summary>
    [Benchmark]
    public async Task Read()
    {
        using var reader = await Vault.OpenAsync(_object, CancellationToken.None);
        await reader.CopyToAsync(Nowhere, 0, SizeBytes, CancellationToken.None);
    }

    /// <summary>Encrypts, writes, fsyncs file and directory, and deletes again.</summary>
    [Benchmark]
    public async Task WriteDurably()
    {
        var item = await StoreAsync();
        Vault.Delete(item.Id);
    }

    private async Task<SealedObject> StoreAsync()
    {
        using var writer = await Vault.CreateAsync(RegistryId, CancellationToken.None);
        writer.Write(_content);
        await writer.CompleteAsync();
        return new SealedObject(RegistryId, writer.Id, writer.Epoch, writer.SizeBytes);
    }
}
