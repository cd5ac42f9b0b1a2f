using System.IO.Pipelines;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Breakwater.Core.Storage;

namespace Breakwater.Benchmarks;

/// <summary>What encryption adds to the store's part of a push and of a pull: the same bytes, files and checks of digests, with it and without.</summary>
public class EncryptionShareBenchmarks
{
    private static readonly PipeWriter Nowhere = PipeWriter.Create(Stream.Null);
    private BenchInstallation _installation = null!;
    private SealedObject _object = null!;
    private string _plain = "";
    private byte[] _content = [];

    [Params(1024 * 1024, 100 * 1024 * 1024)]
    public int SizeBytes { get; set; }

    [GlobalSetup]
    public async Task Open()
    {
        _installation = await BenchInstallation.CreateAsync();
        _content = new byte[SizeBytes];
        Random.Shared.NextBytes(_content);
        _plain = Path.Combine(_installation.Opened.Directory.Path, "plain");
        await File.WriteAllBytesAsync(_plain, _content);
        _object = await StoreAsync();
    }

    [GlobalCleanup]
    public async Task Close() => await _installation.DisposeAsync();

    [Benchmark]
    public async Task PullSealed()
    {
        using var reader = await _installation.Opened.Vault.OpenAsync(_object, CancellationToken.None);
        await reader.CopyToAsync(Nowhere, 0, SizeBytes, CancellationToken.None);
    }

    [Benchmark]
    public async Task PullPlain()
    {
        using var file = File.OpenHandle(_plain);
        for (long at = 0; at < SizeBytes;)
        {
            var read = RandomAccess.Read(file, Nowhere.GetSpan(64 << 10)[..(64 << 10)], at);
            Nowhere.Advance(read);
            at += read;
            if (at % (1 << 20) == 0)
                await Nowhere.FlushAsync();
        }
        await Nowhere.FlushAsync();
    }

    [Benchmark]
    public async Task PushSealed()
    {
        SHA256.HashData(_content);
        var item = await StoreAsync();
        _installation.Opened.Vault.Delete(item.Id);
    }

    [Benchmark]
    public void PushPlain()
    {
        SHA256.HashData(_content);
        var path = _plain + ".new";
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            for (var at = 0; at < SizeBytes; at += 1 << 20)
                RandomAccess.Write(file, _content.AsSpan(at, Math.Min(1 << 20, SizeBytes - at)), at);
            RandomAccess.FlushToDisk(file);
        }
        File.Delete(path);
    }

    private async Task<SealedObject> StoreAsync()
    {
        using var writer = await _installation.Opened.Vault.CreateAsync(_installation.Opened.Registries.First.Id, CancellationToken.None);
        writer.Write(_content);
        await writer.CompleteAsync();
        return new SealedObject(_installation.Opened.Registries.First.Id, writer.Id, writer.Epoch, writer.SizeBytes);
    }
}
