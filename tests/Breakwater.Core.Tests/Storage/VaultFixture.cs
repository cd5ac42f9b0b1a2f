using System.IO.Pipelines;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Tests.Storage;

/// <summary>A vault over a store in memory, with keys of two registries.</summary>
public sealed class VaultFixture : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private SqliteDatabase _database = null!;

    internal MemoryDriver Driver { get; } = new();

    internal BlobVault Vault { get; private set; } = null!;

    internal Guid Registry { get; } = Guid.NewGuid();

    internal Guid Another { get; } = Guid.NewGuid();

    public async ValueTask InitializeAsync()
    {
        var keyFile = Path.Combine(_folder, "service.key");
        KeyFileProvider.Create(keyFile);
        _database = SqliteDatabase.Open(Path.Combine(_folder, "metadata.db"));
        var keys = new KeyRing(_database, KeyFileProvider.Open(keyFile), TimeProvider.System);
        await keys.CreateAsync(Registry, CancellationToken.None);
        await keys.CreateAsync(Another, CancellationToken.None);
        Vault = new BlobVault(Driver, keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<SealedObject> StoreAsync(byte[] content, int piece = int.MaxValue)
    {
        using var writer = await Vault.CreateAsync(Registry, CancellationToken.None);
        for (var at = 0; at < content.Length; at += Math.Min(piece, content.Length - at))
            writer.Write(content.AsSpan(at, Math.Min(piece, content.Length - at)));
        await writer.CompleteAsync();
        return new SealedObject(Registry, writer.Id, writer.Epoch, writer.SizeBytes);
    }

    /// <summary>Reads a range as the server does, through a pipe.</summary>
    internal async Task<byte[]> ReadAsync(SealedObject item, long offset, long count)
    {
        using var reader = await Vault.OpenAsync(item, CancellationToken.None);
        if (item.SizeBytes == 0)
            reader.VerifyEnd();
        using var target = new MemoryStream();
        var pipe = PipeWriter.Create(target, new StreamPipeWriterOptions(leaveOpen: true));
        await reader.CopyToAsync(pipe, offset, count, CancellationToken.None);
        await pipe.CompleteAsync();
        return target.ToArray();
    }

    /// <summary>Reads to the end by small steps.</summary>
    internal async Task<byte[]> ReadStepsAsync(SealedObject item, int step)
    {
        using var reader = await Vault.OpenAsync(item, CancellationToken.None);
        using var target = new MemoryStream();
        var buffer = new byte[step];
        int read;
        for (long at = 0; (read = reader.Read(at, buffer)) > 0; at += read)
            target.Write(buffer, 0, read);
        return target.ToArray();
    }
}
