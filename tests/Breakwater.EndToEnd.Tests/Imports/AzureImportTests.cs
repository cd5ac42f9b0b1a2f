using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Imports;

/// <summary>Debian's <c>az acr import</c>.</summary>
[Trait("tool", "az")]
public sealed class AzureImportTests : IAsyncLifetime
{
    private readonly RandomContent content = new(TestSettings.Seed + 33);
    private ManagedRegistry source = null!, target = null!;
    private Tool az = null!;

    public async ValueTask InitializeAsync()
    {
        az = Tool.Require("az");
        source = await ManagedRegistry.StartAsync();
        target = await ManagedRegistry.StartAsync("--import-allow", "127.0.0.0/8", "--import-ca", source.Server.CertificateFile);
        target.Folder.Create("azure");
        await az.RunAsync(["cloud", "set", "--name", "Breakwater"], Environment);
        await az.RunAsync(["login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword], Environment);
    }

    [Fact]
    public async Task Import_FromElsewhereAndFromHere_IsDoneByAz()
    {
        var image = TestManifest.RandomImage(content);
        Assert.Equal(201, (await source.Owner.PushAsync("team/app", "v1", image)).Code);
        string[] command = ["acr", "import", "--name", "local", "--source", $"{source.Server.HttpsAuthority}/team/app:v1", "--image", "x:v1", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword];

        await az.RunAsync(command, Environment);
        Assert.Equal(image.Body, (await target.Owner.GetManifestAsync("x", "v1")).Body);
        var again = await az.TryRunAsync(command, Environment);
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("Tag x:v1 already exists in target registry.", again.AllOutput, StringComparison.Ordinal);
        await az.RunAsync([.. command, "--force"], Environment);

        await az.RunAsync(["acr", "import", "--name", "local", "--registry", "local", "--source", "x:v1", "--image", "copy:v2"], Environment);
        Assert.Equal(image.Body, (await target.Owner.GetManifestAsync("copy", "v2")).Body);
    }

    private Dictionary<string, string?> Environment => new()
    {
        ["AZURE_CONFIG_DIR"] = target.Folder["azure"],
        ["AZURE_CORE_COLLECT_TELEMETRY"] = "false",
        ["AZURE_CORE_ONLY_SHOW_ERRORS"] = "true",
        ["HOME"] = target.Folder.Path,
        ["REQUESTS_CA_BUNDLE"] = target.Server.CertificateFile,
        ["SSL_CERT_FILE"] = target.Server.CertificateFile,
        ["ARM_CLOUD_METADATA_URL"] = $"{target.Origin}/metadata/endpoints?api-version=2019-05-01",
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in new[] { source, target })
        {
            if (registry is not null)
                await registry.DisposeAsync();
        }
    }
}
