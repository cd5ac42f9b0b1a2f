using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Targets;

/// <summary>
/// Breakwater as a user starts it: encryption on, sign-in by Bearer token, defaults everywhere, but for the tier's requests per minute: the peer has no
/// such limits, and a benchmark is nothing but going beyond them.
/// </summary>
/// <param name="networkRules">How many network rules its registry has, beside Deny for everybody else; 0: none, and everybody is let in.</param>
internal sealed partial class BreakwaterTarget(string workFolder, string serverDll, int networkRules = 0) : RegistryTarget(networkRules == 0 ? "Breakwater" : $"Breakwater-{networkRules}-rules", workFolder)
{
    private const string OwnerPassword = "bench-Owner-passw0rd";

    private static string Basic => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("owner:" + OwnerPassword));

    public override RunningServer Start(string dataFolder, bool tls)
    {
        if (!File.Exists(serverDll))
            throw new HarnessException($"{serverDll} does not exist. Build it: dotnet build -c Release src/Breakwater.Server");
        var plain = new Endpoint(FreePort(), Tls: false);
        var secure = new Endpoint(FreePort(), Tls: true);
        return RunningServer.Start(
            ["dotnet", serverDll, "--tier-limits", Path.Combine(AppContext.BaseDirectory, "no-limits.json"), "--data", dataFolder, "--http", plain.Authority, "--https", secure.Authority, "--ops", "off"],
            new Dictionary<string, string> { ["BREAKWATER_OWNER_PASSWORD"] = OwnerPassword },
            LogFile(),
            tls ? secure : plain);
    }

    public override void Set(Endpoint endpoint)
    {
        if (networkRules > 0)
            NetworkRuleSetting.Write(endpoint, Basic, networkRules);
    }

    public override string? Authorize(Endpoint endpoint, params IReadOnlyList<string> scopes)
    {
        using var client = new RegistryClient(endpoint, null);
        var challenge = client.Control("GET", "/v2/", "", BodyMode.Capture).Expect(401, "GET /v2/").Headers.WwwAuthenticate ?? "";
        var realm = Parameter(challenge, "realm");
        var path = Uri.TryCreate(realm, UriKind.Absolute, out var address) ? address.AbsolutePath : realm;
        var query = $"service={Uri.EscapeDataString(Parameter(challenge, "service"))}"
            + string.Concat(scopes.Select(s => $"&scope={Uri.EscapeDataString(s)}"));
        var reply = client.Control("GET", $"{path}?{query}", $"Authorization: {Basic}\r\n", BodyMode.Capture).Expect(200, "GET of a token");
        using var json = JsonDocument.Parse(reply.Body);
        return "Bearer " + json.RootElement.GetProperty("access_token").GetString();
    }

    private static string Parameter(string challenge, string name) =>
        Parameters().Matches(challenge).FirstOrDefault(m => m.Groups["name"].Value == name)?.Groups["value"].Value
        ?? throw new HarnessException($"The challenge has no {name}: {challenge}");

    [GeneratedRegex("(?<name>[a-z]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Parameters();
}
