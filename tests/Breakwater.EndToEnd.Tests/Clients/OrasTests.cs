using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>oras, which Debian 12 does not package: the trait lets a run leave this out where it cannot be installed.</summary>
[Trait("tool", "oras")]
public sealed class OrasTests(RunningRegistry registry) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RandomContent content = new(TestSettings.Seed + 3);

    [Fact]
    public async Task PushAttachAndPull_Artifact_KeepsFileAndReferrer()
    {
        var oras = Tool.Require("oras");
        var file = content.Bytes(50_000);
        await File.WriteAllBytesAsync(folder["artifact.bin"], file);
        await File.WriteAllTextAsync(folder["note.txt"], "a note");
        string[] access =
        [
            "--ca-file", registry.Server.CertificateFile, "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword,
        ];
        var image = $"{registry.Tls}/e2e/oras/artifact:v1";

        await oras.RunAsync(["push", .. access, "--artifact-type", "application/vnd.example.thing", image, "artifact.bin"], workingDirectory: folder.Path);
        await oras.RunAsync(["attach", .. access, "--artifact-type", "application/vnd.example.note", image, "note.txt"], workingDirectory: folder.Path);
        await oras.RunAsync(["pull", .. access, "--output", folder.Create("pulled"), image]);

        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(folder["pulled"], "artifact.bin")));
        using var client = registry.CreateClient();
        var digest = (await client.HeadManifestAsync("e2e/oras/artifact", "v1")).Digest!;
        Assert.Single(await client.ReferrersAsync("e2e/oras/artifact", digest));
    }

    public void Dispose() => folder.Dispose();
}
