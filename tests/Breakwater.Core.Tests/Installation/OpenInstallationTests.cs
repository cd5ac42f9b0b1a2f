using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Tests.Installation;

public sealed class OpenInstallationTests : IDisposable
{
    private readonly string _folder = TestFolder.Create();
    private readonly DataDirectory _directory;

    public OpenInstallationTests() => _directory = new DataDirectory(Path.Combine(_folder, "data"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Guid> StartAndStopAsync(Guid? expected = null)
    {
        await using var open = await TestInstallation.OpenAsync(_directory, new InstallationOptions { MinFreeBytes = 0, ExpectedId = expected });
        return open.Id;
    }

    [Fact]
    public async Task Open_Twice_IsTheSameInstallation() => Assert.Equal(await StartAndStopAsync(), await StartAndStopAsync());

    [Fact]
    public async Task Open_FirstStart_IsForItsOwnerOnly()
    {
        await StartAndStopAsync();
        Assert.False(File.Exists(_directory.InitializingFile));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.KeyFile));
    }

    [Theory]
    [InlineData("nothing else")]
    [InlineData("keys", "keys/service.key")]
    [InlineData("keys", "keys/service.key", "objects")]
    [InlineData("keys", "keys/service.key", "objects", "objects/marker", "metadata.db")]
    [InlineData("objects", "objects/marker")]
    [InlineData("keys")]
    public async Task Open_FirstStartWasKilled_BeginsAnew(params string[] kept)
    {
        var first = await StartAndStopAsync();
        File.WriteAllText(_directory.InitializingFile, first.ToString("N"));
        File.Delete(_directory.InstallationFile);
        foreach (var path in Directory.EnumerateFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories).OrderDescending().ToList())
        {
            var name = Path.GetRelativePath(_directory.Path, path).Replace('\\', '/');
            if (name is "initializing" or "lock" || kept.Contains(name) || (kept.Contains("objects") && name.StartsWith("objects/", StringComparison.Ordinal) && Directory.Exists(path)))
                continue;
            Remove(path);
        }
        Assert.NotEqual(first, await StartAndStopAsync());
        await StartAndStopAsync();
        Assert.False(File.Exists(_directory.InitializingFile));
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("objects/marker")]
    public async Task Open_MarkOfAFirstStartOverALivingInstallation_RefusesAndChangesNothing(string missing)
    {
        await StartAndStopAsync();
        File.WriteAllText(_directory.InitializingFile, Guid.NewGuid().ToString("N"));
        File.Delete(_directory.InstallationFile);
        var whole = Names();
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
        Assert.Equal(whole, Names());
        Remove(Path.Combine(_directory.Path, missing));
        var before = Names();
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
        Assert.Equal(before, Names());
    }

    [Fact]
    public async Task Open_FirstStartWasKilledWritingTheKeyFile_BeginsAnew()
    {
        _directory.Create();
        Directory.CreateDirectory(_directory.Keys);
        await File.WriteAllTextAsync(_directory.InitializingFile, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_directory.KeyFile + ".new", "{ \"ver", TestContext.Current.CancellationToken);
        await StartAndStopAsync();
    }

    [Fact]
    public async Task Open_FirstStartWasKilledAfterItsLastStep_KeepsTheInstallation()
    {
        var id = await StartAndStopAsync();
        await File.WriteAllTextAsync(_directory.InitializingFile, "", TestContext.Current.CancellationToken);
        Assert.Equal(id, await StartAndStopAsync());
        // The mark is gone: the loss of installation.json later must not look like a first start that was cut off.
        File.Delete(_directory.InstallationFile);
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
        Assert.True(File.Exists(_directory.Database));
    }

    [Theory]
    [InlineData("installation.json")]
    [InlineData("metadata.db")]
    [InlineData("objects")]
    [InlineData("objects/marker")]
    public async Task Open_PartIsMissing_RefusesAndChangesNothing(string part)
    {
        await StartAndStopAsync();
        Remove(Path.Combine(_directory.Path, part));
        var before = Names();
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
        Assert.Equal(before, Names());
    }

    [Fact]
    public async Task Open_EmptyObjectsVolume_Refuses()
    {
        await StartAndStopAsync();
        Directory.Delete(_directory.Objects, recursive: true);
        Directory.CreateDirectory(_directory.Objects);
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Objects));
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("metadata.db")]
    public async Task Open_PartOfAnotherInstallation_Refuses(string part)
    {
        await StartAndStopAsync();
        var other = new DataDirectory(Path.Combine(_folder, "other"), _directory.KeyFile);
        await (await TestInstallation.OpenAsync(other)).DisposeAsync();
        Remove(Path.Combine(_directory.Path, part));
        Directory.Move(Path.Combine(other.Path, part), Path.Combine(_directory.Path, part));
        // Its key rows are another installation's too, so either refusal is right.
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => StartAndStopAsync());
        Assert.True(refused is WrongVolumeException or KeyUnavailableException, refused.ToString());
    }

    [Fact]
    public async Task Open_KeyFileGoneOrAnother_IsUnavailable()
    {
        await StartAndStopAsync();
        File.Delete(_directory.KeyFile);
        await Assert.ThrowsAsync<KeyUnavailableException>(() => StartAndStopAsync());
        Assert.False(File.Exists(_directory.KeyFile));
        KeyFileProvider.Create(_directory.KeyFile);
        await Assert.ThrowsAsync<KeyUnavailableException>(() => StartAndStopAsync());
    }

    [Fact]
    public async Task Open_OtherIdExpected_Refuses()
    {
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync(Guid.NewGuid()));
        Assert.False(File.Exists(_directory.Database));
        var id = await StartAndStopAsync();
        Assert.Equal(id, await StartAndStopAsync(id));
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync(Guid.NewGuid()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"id":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","layout":99}""")]
    public async Task Open_InstallationFileUnreadableOrNewer_Refuses(string text)
    {
        await StartAndStopAsync();
        await File.WriteAllTextAsync(_directory.InstallationFile, text, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<WrongVolumeException>(() => StartAndStopAsync());
    }

    [Fact]
    public void TryTake_HeldByAnother_IsNull()
    {
        _directory.Create();
        using (var first = DirectoryLock.TryTake(_directory))
        {
            Assert.NotNull(first);
            Assert.Null(DirectoryLock.TryTake(_directory));
        }
        using var second = DirectoryLock.TryTake(_directory);
        Assert.NotNull(second);
    }

    private List<string> Names() => [.. Directory.EnumerateFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories).Order()];

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
