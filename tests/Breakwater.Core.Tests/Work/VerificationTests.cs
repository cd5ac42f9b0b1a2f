using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Work;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Work;

public sealed class VerificationTests : InstallationTest
{
    private async Task<VerificationReport> VerifyAsync(bool deep = true) => await Here.Open.Verification.RunAsync(deep, Cancellation);

    private async Task<string> PathOfLayerAsync()
    {
        var name = await Here.QueryAsync<string>("SELECT id FROM object WHERE size_bytes = 70000");
        return Path.Combine(Here.Directory.Objects, name[30..], name);
    }

    private static void Flip(string path, int fromEnd)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^fromEnd] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public async Task Run_SoundInstallation_FindsNothing()
    {
        await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("b", "v1");
        var report = await VerifyAsync();
        Assert.True(report.Holds);
        Assert.Equal((2, 0), (report.Objects, report.Orphans));
        Assert.True(report.Bytes > 70_050);
        Assert.Equal(0, (await VerifyAsync(deep: false)).Bytes);
    }

    [Fact]
    public async Task Run_FileDeleted_IsFound()
    {
        await Here.PushImageAsync("a", "v1");
        File.Delete(await PathOfLayerAsync());
        Assert.Equal("object", Assert.Single((await VerifyAsync(deep: false)).Findings).Invariant);
    }

    [Fact]
    public async Task Run_FolderDeleted_IsFound()
    {
        await Here.PushImageAsync("a", "v1");
        Directory.Delete(Path.GetDirectoryName(await PathOfLayerAsync())!, recursive: true);
        Assert.Contains((await VerifyAsync(deep: false)).Findings, f => f.Invariant == "object");
    }

    [Fact]
    public async Task Run_FileTruncated_IsFound()
    {
        await Here.PushImageAsync("a", "v1");
        using (var file = new FileStream(await PathOfLayerAsync(), FileMode.Open))
            file.SetLength(file.Length - 1);
        Assert.Equal("object", Assert.Single((await VerifyAsync(deep: false)).Findings).Invariant);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(69_000, true)]
    public async Task Run_ByteFlipped_IsFound(int fromEnd, bool deep)
    {
        await Here.PushImageAsync("a", "v1");
        Flip(await PathOfLayerAsync(), fromEnd);
        Assert.Equal("object", Assert.Single((await VerifyAsync(deep)).Findings).Invariant);
    }

    [Theory]
    [InlineData("usage", "UPDATE repository SET size_bytes = size_bytes + 1")]
    [InlineData("usage", "UPDATE repository SET manifest_count = 5")]
    [InlineData("usage", "UPDATE registry SET size_bytes = 0")]
    [InlineData("edge", "DELETE FROM blob_link WHERE object_id = (SELECT id FROM object WHERE size_bytes = 70000)")]
    [InlineData("link", "UPDATE object SET digest = replace(digest, 'sha256:', 'sha256:0') WHERE size_bytes = 70000")]
    [InlineData("link", "DELETE FROM object WHERE size_bytes = 70000")]
    [InlineData("link", "INSERT INTO discarded_object SELECT id, 0 FROM object WHERE size_bytes = 70000")]
    [InlineData("tag", "UPDATE tag SET manifest_digest = 'sha256:none'")]
    [InlineData("integrity", "UPDATE tag SET manifest_digest = 'sha256:none'")]
    [InlineData("lease", "INSERT INTO lease SELECT id, 'sha256:none', 0 FROM repository")]
    [InlineData("referrers", "UPDATE manifest SET subject = 'sha256:none'")]
    [InlineData("manifest", "UPDATE manifest SET body = zeroblob(length(body))")]
    [InlineData("review", "DELETE FROM review; DELETE FROM manifest_edge")]
    public async Task Run_RowsChanged_IsFound(string invariant, string sql)
    {
        await Here.PushImageAsync("a", "v1");
        await ChangeAsync(sql);
        Assert.Contains((await VerifyAsync(deep: true)).Findings, f => f.Invariant == invariant);
    }

    [Fact]
    public async Task Run_ManifestsOfTwoRowsExchanged_IsFound()
    {
        await Here.PushImageAsync("a", "v1", seed: 1);
        await Here.PushImageAsync("a", "v2", seed: 2);
        await ChangeAsync("UPDATE manifest SET (body, body_id) = (SELECT o.body, o.body_id FROM manifest o WHERE o.digest <> manifest.digest)");
        Assert.Contains((await VerifyAsync()).Findings, f => f.Invariant == "content");
    }

    [Fact]
    public async Task Run_FileOfAnUploadDeleted_IsFound()
    {
        var upload = await Here.Open.Uploads.StartAsync(Here.At("a"), DigestAlgorithm.Sha256);
        await Here.Open.Uploads.AppendAsync(Here.At("a"), upload.Id, 0, Body(Content(1000)), Cancellation);
        await Here.ReopenAsync(save: true);
        Assert.True((await VerifyAsync()).Holds);
        var name = await Here.QueryAsync<string>("SELECT object_id FROM upload_run");
        File.Delete(Path.Combine(Here.Directory.Objects, name[30..], name));
        Assert.Equal("upload", Assert.Single((await VerifyAsync()).Findings).Invariant);
    }

    [Fact]
    public async Task Run_StrayFile_IsAnOrphanAndNoFinding()
    {
        var stray = Guid.NewGuid().ToString("N");
        await File.WriteAllTextAsync(Path.Combine(Here.Directory.Objects, stray[30..], stray), "x", Cancellation);
        Here.Clock.Advance(TimeSpan.FromMinutes(1));
        var report = await VerifyAsync();
        Assert.Equal((true, 1), (report.Holds, report.Orphans));
    }

    [Fact]
    public async Task Run_WhileTheRegistryIsUsed_FindsNothing()
    {
        using var stop = new CancellationTokenSource();
        var use = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var image = await Here.PushImageAsync("a", "v1", seed: i % 3);
                await Here.Open.Manifests.DeleteAsync(Here.At("a"), image);
                await Here.Open.Blobs.DeleteAsync(Here.At("a"), DigestOf(Content(70_000, i % 3)));
                Here.Clock.Advance(TimeSpan.FromMinutes(16));
                await Here.Open.CleanUp.RunAsync(Cancellation);
            }
        }, Cancellation);
        for (var i = 0; i < 10; i++)
            Assert.Empty((await VerifyAsync()).Findings);
        await stop.CancelAsync();
        await use;
    }

    // Damage that no transaction of ours would do: with the database's own checks off.
    private Task<int> ChangeAsync(string sql)
    {
        using var db = Core.Metadata.SqliteConnections.OpenWriter(Here.Directory.Database);
        Core.Metadata.SqliteConnections.Execute(db, "PRAGMA foreign_keys=OFF;");
        return Task.FromResult(Dapper.SqlMapper.Execute(db, sql));
    }
}
