using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>Who closes public access and comes by it is asked; who has another way in is not.</summary>
public sealed class LockOutTests : IAsyncLifetime
{
    private static readonly object Closed = new { publicNetworkAccess = "Disabled" };

    private NetworkLab lab = null!;

    public async ValueTask InitializeAsync() => lab = await NetworkLab.StartAsync();

    [Fact]
    public async Task PublicAccess_ClosedByWhoComesByIt_IsConfirmed()
    {
        var (code, body) = await PatchAsync(lab.PublicSpace, PublicOrigin, Closed);
        Assert.Equal((409, "CallerWouldBeLockedOut"), (code, (string?)JsonNode.Parse(body)!["error"]!["code"]));
        Assert.Contains("private endpoint", body, StringComparison.Ordinal);
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/")).Code);
        Assert.Equal(200, (await PatchAsync(lab.PublicSpace, PublicOrigin, Closed, "&confirm=true")).Code);
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/")).Code);
        // What is closed already can be closed again, and opened.
        Assert.Equal(200, (await PatchAsync(lab.PublicSpace, PublicOrigin, Closed)).Code);
        Assert.Equal(200, (await PatchAsync(lab.PublicSpace, PublicOrigin, new { publicNetworkAccess = "Enabled" })).Code);
        // The whole resource by PUT is the same change.
        Assert.Equal(409, (await SendAsync("PUT", lab.PublicSpace, PublicOrigin, Closed)).Code);
    }

    [Fact]
    public async Task PublicAccess_ClosedByAPrivateListener_IsConfirmedUnlessAnEndpointIsApproved()
    {
        Assert.Equal(409, (await PatchAsync(lab.PrivateSpace, PrivateOrigin, Closed)).Code);
        var connection = await lab.MakeEndpointAsync("one", isManual: true);
        Assert.Equal(409, (await PatchAsync(lab.PrivateSpace, PrivateOrigin, Closed)).Code);
        await lab.DecideAsync(connection, "Approved");
        Assert.Equal(200, (await PatchAsync(lab.PrivateSpace, PrivateOrigin, Closed)).Code);
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PrivateSpace, $"https://{lab.PrivateAuthority}/v2/")).Code);
    }

    /// <summary>az can send no confirmation of its own: it comes by a private endpoint, or says it by <c>az rest</c>.</summary>
    [Fact]
    [Trait("tool", "az")]
    public async Task PublicAccess_ClosedByAz_IsToldHowAndDoneByRest()
    {
        Tool.Require("az");
        await AzAsync(lab.PublicSpace, PublicOrigin, "login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        string[] update = ["acr", "update", "--name", "local"];
        foreach (var change in new[] { new[] { "--default-action", "Deny" }, ["--public-network-enabled", "false"] })
        {
            var refused = await TryAzAsync(lab.PublicSpace, PublicOrigin, [.. update, .. change]);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("CallerWouldBeLockedOut", refused.AllOutput, StringComparison.Ordinal);
            Assert.Contains("confirm=true", refused.AllOutput, StringComparison.Ordinal);
        }
        await AzAsync(lab.PublicSpace, PublicOrigin, "rest", "--method", "patch", "--url", $"{lab.RegistryId}{NetworkLab.Version}&confirm=true", "--body", Body(Closed));
        Assert.Equal(403, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/")).Code);
        await AzAsync(lab.PublicSpace, PublicOrigin, [.. update, "--public-network-enabled", "true"]);

        await lab.MakeEndpointAsync("one");
        await AzAsync(lab.PrivateSpace, PrivateOrigin, "login", "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword);
        Assert.Contains("\"Disabled\"", await AzAsync(lab.PrivateSpace, PrivateOrigin, [.. update, "--public-network-enabled", "false"]), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => lab?.DisposeAsync() ?? ValueTask.CompletedTask;

    private string PublicOrigin => $"https://{lab.PublicAddress(1)}:{lab.Server.HttpsPort}";

    private string PrivateOrigin => $"https://{lab.PrivateAddress(1)}:{lab.PrivatePort}";

    private static string Body(object properties) => JsonSerializer.Serialize(new { properties });

    private Task<(int Code, string Body)> PatchAsync(string space, string origin, object properties, string more = "") => SendAsync("PATCH", space, origin, properties, more);

    private Task<(int Code, string Body)> SendAsync(string method, string space, string origin, object properties, string more = "") =>
        lab.OwnerCurlAsync(space, $"{origin}{lab.RegistryId}{NetworkLab.Version}{more}", "-X", method, "-H", "Content-Type: application/json", "-d", Body(properties));

    private async Task<string> AzAsync(string space, string origin, params string[] arguments)
    {
        var result = await TryAzAsync(space, origin, arguments);
        Assert.True(result.ExitCode == 0, result.AllOutput);
        return result.StandardOutput;
    }

    private Task<ToolResult> TryAzAsync(string space, string origin, params string[] arguments) => lab.InAsync(space,
    [
        "env", $"HOME={lab.Folder.Path}", $"AZURE_CONFIG_DIR={lab.Folder.Create(space)}", "AZURE_CORE_COLLECT_TELEMETRY=false", "AZURE_CORE_ONLY_SHOW_ERRORS=true",
        $"REQUESTS_CA_BUNDLE={lab.Server.CertificateFile}", $"SSL_CERT_FILE={lab.Server.CertificateFile}", $"ARM_CLOUD_METADATA_URL={origin}/metadata/endpoints?api-version=2019-05-01",
        "sh", "-c", "az cloud set --name Breakwater && exec az \"$@\"", "az", .. arguments,
    ]);
}
