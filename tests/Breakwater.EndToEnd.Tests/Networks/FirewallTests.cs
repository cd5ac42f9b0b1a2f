using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Networks;

/// <summary>A registry's network rules, between real networks and with real clients.</summary>
[Trait("tool", "skopeo")]
public sealed class FirewallTests : IAsyncLifetime
{
    private const string Image = "team/app:v1";

    private readonly RandomContent content = new(TestSettings.Seed + 31);
    private NetworkLab lab = null!;

    public async ValueTask InitializeAsync()
    {
        lab = await NetworkLab.StartAsync();
        Assert.Equal(201, (await lab.Owner.PushAsync("team/app", "v1", TestManifest.RandomImage(content))).Code);
    }

    [Fact]
    public async Task Rules_OfIPv4_LetInWhomTheyAllowAndNobodyElse()
    {
        Assert.Equal(200, (await AskAsync(7)).Code);
        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(8))));

        var (code, body) = await AskAsync(7);
        Assert.Equal(403, code);
        Assert.StartsWith($"client with IP '{lab.PublicAddress(7)}' is not allowed access", (string)JsonNode.Parse(body)!["errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Equal(200, (await AskAsync(8)).Code);
        Assert.NotEqual(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);

        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(0) + "/24")));
        Assert.Equal(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);
        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(0) + "/24"), ("Deny", lab.PublicAddress(7))));
        Assert.NotEqual(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);
        Assert.Equal(200, (await AskAsync(8)).Code);
    }

    [Fact]
    public async Task Rules_OfIPv6_LetInWhomTheyAllowAndNobodyElse()
    {
        lab.Resolve(lab.PublicSpace, lab.PublicIPv6(1));
        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(0) + "/24")));
        var (code, body) = await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/");
        Assert.Equal(403, code);
        Assert.Contains(lab.PublicIPv6(7), body, StringComparison.Ordinal);
        Assert.NotEqual(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);

        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicIPv6(7))));
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/")).Code);
        Assert.Equal(0, (await lab.SkopeoAsync(lab.PublicSpace, lab.Authority, Image)).ExitCode);
        lab.Resolve(lab.PublicSpace, lab.PublicAddress(1));
        Assert.Equal(403, (await AskAsync(7)).Code);
    }

    [Fact]
    public async Task ForwardedFor_OfAnybodyButANamedProxy_CountsForNothing()
    {
        await lab.ChangeAsync(Rules("Deny", ("Allow", "203.0.113.7")));
        string[] headers = ["-H", "X-Forwarded-For: 203.0.113.7", "-H", "X-Real-IP: 203.0.113.7", "-H", "Forwarded: for=203.0.113.7"];
        Assert.Equal(403, (await AskAsync(7, headers)).Code);
        // The proxy that the server was told about.
        Assert.Equal(200, (await AskAsync(9, headers)).Code);
        Assert.Equal(403, (await AskAsync(9)).Code);
        Assert.Equal(403, (await AskAsync(9, "-H", "X-Forwarded-For: 203.0.113.7, 198.51.100.1")).Code);
        Assert.Equal(403, (await AskAsync(9, "-H", "X-Forwarded-For: 203.0.113.7, nonsense")).Code);

        // Both addresses are on record.
        await lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/", ["--interface", lab.PublicAddress(9), "-H", "X-Forwarded-For: 198.51.100.9"]);
        var events = (await lab.ManageAsync("GET", $"{lab.RegistryId}/auditEvents{NetworkLab.Version}&result=403"))!["value"]!.AsArray();
        var refused = events.Single(one => (string?)one!["CallerIpAddress"] == "198.51.100.9")!;
        Assert.Equal($"Not allowed by the registry's network rules. Through {lab.PublicAddress(9)}.", (string?)refused["ResultDescription"]);
        Assert.Equal("ContainerRegistryRepositoryEvents", (string?)refused["Category"]);
    }

    [Fact]
    public async Task Change_ThatShutsTheCallerOut_IsConfirmedAndTheMachineHasAWayBack()
    {
        var url = $"https://{lab.PublicAddress(1)}:{lab.Server.HttpsPort}{lab.RegistryId}{NetworkLab.Version}";
        Task<(int Code, string Body)> PatchAsync(object properties, string more = "") => lab.OwnerCurlAsync(
            lab.PublicSpace, url + more, "-X", "PATCH", "-H", "Content-Type: application/json", "-d", JsonSerializer.Serialize(new { properties }));
        var (code, body) = await PatchAsync(Rules("Deny", ("Allow", lab.PublicAddress(8))));
        Assert.Equal((409, "CallerWouldBeLockedOut"), (code, (string?)JsonNode.Parse(body)!["error"]!["code"]));
        Assert.Equal(200, (await AskAsync(7)).Code);
        Assert.Equal(200, (await PatchAsync(Rules("Deny", ("Allow", lab.PublicAddress(7))))).Code);
        Assert.Equal(200, (await PatchAsync(Rules("Deny"), "&confirm=true")).Code);
        Assert.Equal(403, (await AskAsync(7)).Code);
        await lab.ChangeAsync(new { publicNetworkAccess = "Disabled" });

        var opened = await lab.Server.CommandAsync("open-network", "local");
        Assert.True(opened.ExitCode == 0, opened.AllOutput);
        Assert.Equal(200, (await AskAsync(7)).Code);
        Assert.NotEqual(0, (await lab.Server.CommandAsync("open-network", "nosuch")).ExitCode);
        var events = (await lab.ManageAsync("GET", $"{lab.RegistryId}/auditEvents{NetworkLab.Version}&operation=Breakwater/registries/openNetwork/action"))!["value"]!.AsArray();
        Assert.Single(events);
    }

    [Fact]
    public async Task Download_WhoseRuleGoes_IsCut()
    {
        var blob = content.Blob(64 << 20);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/app", blob)).Code);
        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(7)), ("Allow", "127.0.0.1")));
        var clock = Stopwatch.StartNew();
        var download = lab.InAsync(lab.PublicSpace, Curl("--limit-rate", "4M", "-o", lab.Folder["blob"], $"https://{lab.Authority}/v2/team/app/blobs/{blob.Digest}"));
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(lab.Folder["blob"]) && new FileInfo(lab.Folder["blob"]).Length > 1 << 20), "some of the blob has arrived");
        await lab.ChangeAsync(Rules("Deny", ("Allow", "127.0.0.1")));

        Assert.NotEqual(0, (await download).ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 12);
        Assert.InRange(new FileInfo(lab.Folder["blob"]).Length, 1, blob.Content.Length - 1);
    }

    [Fact]
    public async Task Upload_WhoseRuleGoes_IsCutAndGoesOnWhenItIsBack()
    {
        var blob = content.Blob(64 << 20);
        await File.WriteAllBytesAsync(lab.Folder["blob"], blob.Content);
        await lab.ChangeAsync(Rules("Deny", ("Allow", lab.PublicAddress(7)), ("Allow", "127.0.0.1")));
        var session = (await lab.Owner.SendAsync(HttpMethod.Post, "/v2/team/app/blobs/uploads/")).Location!;
        var clock = Stopwatch.StartNew();
        var upload = lab.InAsync(lab.PublicSpace, Curl("--limit-rate", "4M", "-X", "PATCH", "-H", "Content-Type: application/octet-stream", "-H", "Expect:", "-T", lab.Folder["blob"], "-o", lab.Folder["answer"], $"https://{lab.Authority}{session}"));
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await lab.ChangeAsync(Rules("Deny", ("Allow", "127.0.0.1")));
        await upload;
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 12);

        var there = await lab.Owner.GetAsync(session);
        Assert.Equal(204, there.Code);
        Assert.InRange(long.Parse(there.Header("Range")!.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture), 0, blob.Content.Length - 2);
        Assert.Equal(404, (await lab.Owner.HeadAsync($"/v2/team/app/blobs/{blob.Digest}")).Code);
        Assert.Equal(201, (await lab.Owner.PushBlobAsync("team/app", blob)).Code);
    }

    [Fact]
    public async Task Transport_ForOtherMachines_IsTls12Or13AndStaysSo()
    {
        var url = $"https://{lab.Authority}/v2/";
        Assert.Contains("strict-transport-security: max-age=31536000", (await lab.OwnerCurlAsync(lab.PublicSpace, url, "-D", "-")).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, url, "--tls-max", "1.2")).Code);
        Assert.Equal(200, (await lab.OwnerCurlAsync(lab.PublicSpace, url, "--tlsv1.3")).Code);
        Assert.Equal(0, (await lab.OwnerCurlAsync(lab.PublicSpace, url, "--tlsv1.0", "--tls-max", "1.1", "--ciphers", "ALL:@SECLEVEL=0")).Code);
        // On the machine itself the same name may serve plain HTTP.
        using var here = lab.Server.CreateTlsClient();
        Assert.Null((await here.GetAsync("/v2/")).Header("Strict-Transport-Security"));
    }

    public ValueTask DisposeAsync() => lab?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<(int Code, string Body)> AskAsync(int from, params string[] arguments) =>
        lab.OwnerCurlAsync(lab.PublicSpace, $"https://{lab.Authority}/v2/", ["--interface", lab.PublicAddress(from), .. arguments]);

    private string[] Curl(params string[] arguments) =>
        ["curl", "-sS", "-m", "60", "--cacert", lab.Server.CertificateFile, "-u", $"{Testing.Hosting.ServerProcess.OwnerName}:{Testing.Hosting.ServerProcess.OwnerPassword}", .. arguments];

    private static object Rules(string defaultAction, params (string Action, string Value)[] rules) =>
        new { networkRuleSet = new { defaultAction, ipRules = rules.Select(rule => new { action = rule.Action, value = rule.Value }) } };
}
