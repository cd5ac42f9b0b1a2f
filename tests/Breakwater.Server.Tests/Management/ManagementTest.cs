using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

/// <summary>Speaks to the management plane and the directory as an administrator's tool does.</summary>
public abstract class ManagementTest(AccessHost host) : IClassFixture<AccessHost>
{
    protected const string Version = "?api-version=2022-04-01", Graph = "/graph/v1.0";

    private protected AccessHost Host { get; } = host;

    protected static string Subscription => $"/subscriptions/{AccessHost.InstallationId:D}";

    protected static string Registry => $"{Subscription}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries/local";

    protected async Task<JsonNode?> CallAsync(
        HttpStatusCode expected, string method, string path, object? body = null, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization ?? AccessHost.Basic();
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    protected async Task<string> CreateUserAsync(string name) => (string)(await CallAsync(
        HttpStatusCode.Created, "POST", $"{Graph}/users",
        new { userPrincipalName = name, displayName = name, accountEnabled = true, mailNickname = string.Concat(name.Where(char.IsAsciiLetterOrDigit)), passwordProfile = new { password = AccessHost.Password, forceChangePasswordNextSignIn = false } }))!["id"]!;

    /// <summary>At the registry, unless another scope is named.</summary>
    protected Task<JsonNode?> AssignAsync(
        string principalId, string role, string? condition = null, string? scope = null, Guid? id = null, HttpStatusCode expected = HttpStatusCode.Created,
        AuthenticationHeaderValue? by = null) => CallAsync(
        expected, "PUT", $"{scope ?? Registry}/providers/Microsoft.Authorization/roleAssignments/{id ?? Guid.NewGuid():D}{Version}",
        new { properties = new { roleDefinitionId = RoleId(role), principalId, condition, conditionVersion = condition is null ? null : "2.0" } }, by);

    protected static string RoleId(string role) =>
        $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{Breakwater.Core.Access.BuiltInRoles.All.Single(r => r.Name == role).Id:D}";

    protected async Task<string> GroupAsync(string name) =>
        (string)(await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/groups", new { displayName = name, mailEnabled = false, securityEnabled = true, mailNickname = name }))!["id"]!;

    protected Task JoinAsync(string group, string member) => CallAsync(
        HttpStatusCode.NoContent, "POST", $"{Graph}/groups/{group}/members/$ref", new Dictionary<string, string> { ["@odata.id"] = $"https://x/v1.0/directoryObjects/{member}" });

    protected async Task<AuthenticationHeaderValue> TokenOfAsync(string name, string scope)
    {
        using var response = await Host.SendAsync("GET", $"/oauth2/token?service={Host.Authority}&scope={Uri.EscapeDataString(scope)}", AccessHost.Basic(name));
        return new("Bearer", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!);
    }

    protected async Task<HttpStatusCode> TryAsync(string method, string path, AuthenticationHeaderValue? authorization)
    {
        using var response = await Host.SendAsync(method, path, authorization);
        return response.StatusCode;
    }
}
