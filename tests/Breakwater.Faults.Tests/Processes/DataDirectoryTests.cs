using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Processes;

/// <summary>One process per data directory, and only on the volume that belongs to it.</summary>
public sealed class DataDirectoryTests : FaultTest
{
    private const string Repository = "faults/volume";

    [Fact]
    public async Task Start_DirectoryInUse_IsRefusedAndTheFirstGoesOn()
    {
        await using var first = await ServerProcess.StartAsync(Options);
        await using var second = ServerProcess.Launch(Options);

        var code = await second.WaitForExitAsync(TimeSpan.FromSeconds(20));

        Assert.NotEqual(0, code);
        Assert.Contains(DataDirectory, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        using var client = first.CreateClient();
        Assert.Equal(201, (await client.PushBlobAsync(Repository, Content.Blob(1000))).Code);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("absent")]
    [InlineData("another installation's")]
    public async Task Start_WrongObjectsVolume_IsRefusedAndNothingIsInitialised(string volume)
    {
        var image = TestManifest.RandomImage(Content);
        await using (var first = await ServerProcess.StartAsync(Options))
        {
            using var client = first.CreateClient();
            Assert.Equal(201, (await client.PushAsync(Repository, "kept", image)).Code);
            Assert.Equal(0, await first.TerminateAsync());
        }
        var aside = Folder["aside"];
        Directory.Move(ObjectsDirectory, aside);
        await PutVolumeAsync(volume);

        await using (var second = ServerProcess.Launch(Options))
        {
            Assert.NotEqual(0, await second.WaitForExitAsync(TimeSpan.FromSeconds(20)));
            Assert.Contains("objects", second.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        }
        if (volume == "empty")
            Assert.Empty(Directory.EnumerateFileSystemEntries(ObjectsDirectory));

        if (Directory.Exists(ObjectsDirectory))
            Directory.Delete(ObjectsDirectory, recursive: true);
        Directory.Move(aside, ObjectsDirectory);
        await using var third = await ServerProcess.StartAsync(Options);
        using var reader = third.CreateClient();
        await AssertPullableAsync(reader, Repository, "kept", image);
    }

    private async Task PutVolumeAsync(string volume)
    {
        if (volume == "empty")
        {
            Directory.CreateDirectory(ObjectsDirectory);
        }
        else if (volume != "absent")
        {
            var other = Options with { DataDirectory = Folder["other"] };
            await using (var server = await ServerProcess.StartAsync(other))
                await server.TerminateAsync();
            Directory.Move(Path.Combine(other.DataDirectory, "objects"), ObjectsDirectory);
        }
    }
}
