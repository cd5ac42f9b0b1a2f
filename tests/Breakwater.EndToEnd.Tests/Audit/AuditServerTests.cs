using System.Text;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;
using Microsoft.Data.Sqlite;

namespace Breakwater.EndToEnd.Tests.Audit;

/// <summary>What only a server of its own shows: kills, stops, tampering, what its log and its collector get.</summary>
public sealed class AuditServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<ServerProcess> StartAsync(params string[] arguments) =>
        ServerProcess.StartAsync(new ServerOptions { DataDirectory = _folder["data"], Arguments = arguments });

    [Fact]
    public async Task Kill_RightAfterAChangeWasAnswered_HasItsRecord()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient();
        Assert.Equal(200, (await client.PatchRegistryAsync(server, """{"adminUserEnabled":true}""")).Code);
        await server.KillAsync();
        var verified = await server.CommandAsync("verify");
        Assert.True(verified.ExitCode == 0, verified.AllOutput);
        await using var again = await server.RestartAsync();
        using var second = again.CreateClient();
        Assert.Single(await second.AuditAsync(again, "operation=Microsoft.ContainerRegistry/registries/write"));
    }

    [Fact]
    public async Task Start_Settings_AreRecordedWithoutSecrets()
    {
        await using var server = await StartAsync("--gc-interval", "7m");
        using var client = server.CreateClient();
        var start = Assert.Single(await client.AuditAsync(server, "operation=Breakwater/server/start/action"));
        Assert.Contains("gc-interval=7m", (string)start["ResultDescription"]!, StringComparison.Ordinal);
        Assert.Contains("owner-password=***", (string)start["ResultDescription"]!, StringComparison.Ordinal);
        Assert.Single(await client.AuditAsync(server, "operation=Breakwater/ownerPassword/write"));
    }

    [Fact]
    public async Task Terminate_AfterPulls_LosesNone()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PushAsync("a", "v1", TestManifest.RandomImage(new RandomContent(1)))).Code);
        for (var i = 0; i < 50; i++)
            await client.GetManifestAsync("a", "v1");
        Assert.Equal(0, await server.TerminateAsync());
        await using var again = await server.RestartAsync();
        using var second = again.CreateClient();
        Assert.Equal(50, (await second.AuditAsync(again, "operation=Pull")).Count);
        var verified = await again.CommandAsync("verify");
        Assert.True(verified.ExitCode == 0, verified.AllOutput);
    }

    [Fact]
    public async Task Verify_RecordAlteredOnDisk_FailsAndNamesIt()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient();
        Assert.Equal(200, (await client.PatchRegistryAsync(server, """{"adminUserEnabled":true}""")).Code);
        await server.TerminateAsync();
        await using (var db = new SqliteConnection($"Data Source={Directory.EnumerateFiles(_folder["data"], "*.db", SearchOption.AllDirectories).Single()};Pooling=False"))
        {
            await db.OpenAsync();
            await using var command = db.CreateCommand();
            command.CommandText = """
                UPDATE audit_segment SET payload = CAST(replace(CAST(payload AS TEXT), 'registries/write', 'registries/w-ite') AS BLOB)
                WHERE instr(payload, CAST('registries/write' AS BLOB)) > 0
                """;
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }
        var verified = await server.CommandAsync("verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("audit: Record", verified.AllOutput, StringComparison.Ordinal);
    }

    /// <summary>Whatever is a secret, by whatever way it came, is in no record and on no line of the log at its most talkative.</summary>
    [Fact]
    public async Task Secrets_SentAnyWay_ReachNoRecordAndNoLog()
    {
        await using var server = await StartAsync("--log-level", "trace");
        using var client = server.CreateClient();
        string[] sent = ["Wrong-Basic-Secret-1", "Wrong-Form-Secret-2", "Wrong.Bearer.Secret-3", "Query-Secret-4", "New-User-Secret-5", "Name-Field-Secret-6", "Cookie-Secret-7"];
        await client.GetAsync("/v2/", ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("owner:" + sent[0]))));
        await client.SendAsync(HttpMethod.Post, "/oauth2/token", Encoding.UTF8.GetBytes($"grant_type=password&service={server.HttpAuthority}&username=owner&password={sent[1]}"), "application/x-www-form-urlencoded");
        await client.GetAsync("/v2/", ("Authorization", "Bearer " + sent[2]));
        await client.GetAsync($"/v2/_catalog?token={sent[3]}");
        await client.GetAsync($"/v2/a/manifests/v1?password={sent[3]}");
        await client.SendAsync(HttpMethod.Post, "/graph/v1.0/users", Encoding.UTF8.GetBytes(
            $$"""{"userPrincipalName":"una@example","displayName":"una","accountEnabled":true,"mailNickname":"una","passwordProfile":{"password":"{{sent[4]}}","forceChangePasswordNextSignIn":false} }"""), "application/json");
        await client.GetAsync("/v2/", ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(sent[5] + ":x"))));
        await client.GetAsync("/v2/", ("Cookie", sent[6]));
        var token = (string)(await client.GetAsync($"/oauth2/token?service={server.HttpAuthority}&scope=repository:a:pull")).Json!["access_token"]!;
        await client.GetAsync("/v2/a/manifests/v1", ("Authorization", "Bearer " + token));
        Assert.Equal(200, (await client.PatchRegistryAsync(server, """{"adminUserEnabled":true}""")).Code);
        var shown = (await client.SendAsync(HttpMethod.Post, $"{AuditCalls.Registry(server)}/listCredentials?{AuditCalls.Version}", [])).Json!["passwords"]!.AsArray().Select(p => (string)p!["value"]!);

        var records = await client.AuditAsync(server, "");
        Assert.Equal(0, await server.TerminateAsync());
        var all = string.Join('\n', records.Select(record => record.ToJsonString())) + server.Output;
        Assert.True(records.Count >= 7);
        Assert.All([.. sent, .. shown, token, token.Split('.')[2], ServerProcess.OwnerPassword], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Otlp_Records_ReachTheCollectorAndNotTheConsole()
    {
        await using var collector = await LogCollector.StartAsync();
        await using var server = await StartAsync("--otlp-endpoint", collector.Address);
        using var client = server.CreateClient();
        Assert.Equal(200, (await client.PatchRegistryAsync(server, """{"adminUserEnabled":true}""")).Code);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Contains("Microsoft.ContainerRegistry/registries/write", collector.Received, StringComparison.Ordinal);
        Assert.Contains("ContainerRegistryAdministrationEvents", collector.Received, StringComparison.Ordinal);
        Assert.Contains("CallerIpAddress", collector.Received, StringComparison.Ordinal);
        Assert.DoesNotContain("ContainerRegistryAdministrationEvents", server.Output, StringComparison.Ordinal);
    }
}
