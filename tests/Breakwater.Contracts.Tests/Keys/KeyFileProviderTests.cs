using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Core.Keys;

namespace Breakwater.Contracts.Tests.Keys;

public sealed class KeyFileProviderTests : KeyProviderContract
{
    private readonly string _folder = TestFolder.Create();
    private byte[] _kept = [];

    private string Path => System.IO.Path.Combine(_folder, "service.key");

    protected override string Key => KeyFileProvider.ServiceKey;

    public override ValueTask InitializeAsync()
    {
        KeyFileProvider.Create(Path);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override IKeyProvider Open() => KeyFileProvider.Open(Path);

    protected override Task RotateAsync() => WriteAsync(file => new KeyFile([.. file.Versions, new KeyVersion("k2", RandomNumberGenerator.GetBytes(32))]));

    protected override Task RevokeAsync()
    {
        _kept = File.ReadAllBytes(Path);
        return WriteAsync(_ => new KeyFile([new KeyVersion("k9", RandomNumberGenerator.GetBytes(32))]));
    }

    protected override Task RestoreAsync() => File.WriteAllBytesAsync(Path, _kept);

    protected override Task GoAwayAsync()
    {
        File.Move(Path, Path + ".away");
        return Task.CompletedTask;
    }

    protected override Task ComeBackAsync()
    {
        File.Move(Path + ".away", Path);
        return Task.CompletedTask;
    }

    protected override Task ExchangeAsync() => WriteAsync(file => new KeyFile([new KeyVersion(file.Versions[0].Version, RandomNumberGenerator.GetBytes(32))]));

    private Task WriteAsync(Func<KeyFile, KeyFile> change)
    {
        var file = JsonSerializer.Deserialize(File.ReadAllBytes(Path), KeyFileJson.Default.KeyFile)!;
        return File.WriteAllBytesAsync(Path, JsonSerializer.SerializeToUtf8Bytes(change(file), KeyFileJson.Default.KeyFile));
    }
}
