using Breakwater.Core.Installation;
using Breakwater.Core.Storage;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Work;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Work;

public sealed class BackupsTests : InstallationTest
{
    private DataDirectory Target => new(Here.InFolder("restored"));

    private DataDirectory TargetWithKey()
    {
        Directory.CreateDirectory(Target.Keys);
        File.Copy(Here.Directory.KeyFile, Target.KeyFile);
        return Target;
    }

    private Task<int> CreateAsync() => Here.Open.Backups.CreateAsync(Here.BackupFolder, Cancellation);

    [Fact]
    public async Task Restore_BackupMadeWhileWritesGoOn_IsSoundAndPullable()
    {
        await Here.PushImageAsync("a", "v1");
        using var stop = new CancellationTokenSource();
        var use = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await Here.PushImageAsync("b", $"v{i}", seed: i);
                await Here.Open.Manifests.DeleteAsync(Here.At("b"), await Here.PushImageAsync("c", "v1", seed: i));
                Here.Clock.Advance(TimeSpan.FromHours(1));
                await Here.Open.CleanUp.RunAsync(Cancellation);
            }
        }, Cancellation);
        await Task.Delay(200, Cancellation);
        await CreateAsync();
        await stop.CancelAsync();
        await use;

        await Backups.RestoreAsync(Here.BackupFolder, TargetWithKey(), Cancellation);
        await using var restored = await OpenAsync(Target);
        Assert.Equal(Here.Open.Id, restored.Id);
        Assert.Empty((await restored.Verification.RunAsync(deep: true, Cancellation)).Findings);
        Assert.NotNull(await restored.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("v1")));
        var blob = await restored.Blobs.FindAsync(Here.At("a"), DigestOf(Content(70_000)));
        using var reader = restored.Blobs.Open(blob!);
        await reader.PrepareAsync(0, Cancellation);
    }

    [Fact]
    public async Task Restore_UploadInProgress_Continues()
    {
        var content = Content(100_000);
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, Body(content.AsMemory(0, 1000)), Cancellation);
        await Here.ReopenAsync(save: true);
        Assert.Equal(1, await CreateAsync());
        await Backups.RestoreAsync(Here.BackupFolder, TargetWithKey(), Cancellation);
        await using var restored = await OpenAsync(Target);
        await restored.Uploads.CommitAsync(Here.At("a"), upload.Id, DigestOf(content), 1000, Body(content.AsMemory(1000)), Cancellation);
        Assert.Empty((await restored.Verification.RunAsync(deep: true, Cancellation)).Findings);
    }

    [Fact]
    public async Task Restore_KeyFileElsewhere_MakesTheDirectory()
    {
        await Here.PushImageAsync("a", "v1");
        await CreateAsync();
        var target = new DataDirectory(Here.InFolder("restored"), Here.Directory.KeyFile);
        await Backups.RestoreAsync(Here.BackupFolder, target, Cancellation);
        await using var restored = await OpenAsync(target);
        Assert.Empty((await restored.Verification.RunAsync(deep: true, Cancellation)).Findings);
    }

    [Fact]
    public async Task Create_TargetInUse_Refuses()
    {
        Directory.CreateDirectory(Here.BackupFolder);
        await File.WriteAllTextAsync(Path.Combine(Here.BackupFolder, "x"), "x", Cancellation);
        await Assert.ThrowsAsync<WrongVolumeException>(CreateAsync);
        await Assert.ThrowsAsync<WrongVolumeException>(() => Here.Open.Backups.CreateAsync(Here.Directory.Path, Cancellation));
    }

    [Fact]
    public async Task Create_Backup_HoldsNoKey()
    {
        await Here.PushImageAsync("a", "v1");
        await CreateAsync();
        var key = (await File.ReadAllTextAsync(Here.Directory.KeyFile, Cancellation)).Split('"').First(s => s.Length == 44);
        foreach (var file in Directory.EnumerateFiles(Here.BackupFolder, "*", SearchOption.AllDirectories))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf(Convert.FromBase64String(key)));
        Assert.False(Directory.Exists(Path.Combine(Here.BackupFolder, "keys")));
    }

    [Fact]
    public async Task Restore_TargetInUseOrNoKeyOrNoBackup_Refuses()
    {
        await CreateAsync();
        await Assert.ThrowsAsync<WrongVolumeException>(() => Backups.RestoreAsync(Here.BackupFolder, Here.Directory, Cancellation));
        await Assert.ThrowsAsync<WrongVolumeException>(() => Backups.RestoreAsync(Here.BackupFolder, Target, Cancellation));
        Assert.False(Directory.Exists(Target.Path));
        File.Delete(Path.Combine(Here.BackupFolder, "installation.json"));
        await Assert.ThrowsAsync<WrongVolumeException>(() => Backups.RestoreAsync(Here.BackupFolder, TargetWithKey(), Cancellation));
    }

    [Fact]
    public async Task Restore_CutOff_IsRefusedAtTheStart()
    {
        await Here.PushImageAsync("a", "v1");
        await CreateAsync();
        await Backups.RestoreAsync(Here.BackupFolder, TargetWithKey(), Cancellation);
        File.Delete(Target.InstallationFile);
        await Assert.ThrowsAsync<WrongVolumeException>(() => OpenAsync(Target));
    }

    [Fact]
    public async Task Restore_KeyOfAnother_IsRefusedAtTheStart()
    {
        await CreateAsync();
        Directory.CreateDirectory(Target.Keys);
        Core.Keys.KeyFileProvider.Create(Target.KeyFile);
        await Backups.RestoreAsync(Here.BackupFolder, Target, Cancellation);
        await Assert.ThrowsAsync<Core.Keys.KeyUnavailableException>(() => OpenAsync(Target));
    }
}
