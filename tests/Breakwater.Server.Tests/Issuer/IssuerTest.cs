using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Core.Tokens;
using Breakwater.Server.Tests.Access;
using Breakwater.Server.Tests.Management;

namespace Breakwater.Server.Tests.Issuer;

/// <summary>Speaks to the issuer as MSAL does.</summary>
public abstract class IssuerTest(AccessHost host) : ManagementTest(host)
{
    protected const string Cli = "04b07795-8ddb-461a-bbee-02f9e1bf7b46", Password = AccessHost.Password;

    protected const string ForManagement = AudienceNames.Management + "/.default", ForRegistry = AudienceNames.Registry + "/.default", ForGraph = "https://graph.microsoft.com/.default";

    protected static string Tenant => AccessHost.InstallationId.ToString("D");

    protected Task<JsonNode> TokenAsync(HttpStatusCode expected, string path, params (string, string)[] form) => PostAsync(expected, path, form);

    protected async Task<JsonNode> PostAsync(HttpStatusCode expected, string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await Host.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>A user's tokens by the password grant.</summary>
    protected Task<JsonNode> SignInAsync(string name, string scope, HttpStatusCode expected = HttpStatusCode.OK, string password = Password) => PostAsync(
        expected, "/adfs/oauth2/token", ("grant_type", "password"), ("client_id", Cli), ("username", name), ("password", password), ("client_info", "1"), ("scope", $"{scope} openid profile offline_access"));

    protected static AuthenticationHeaderValue Bearer(JsonNode answer, string member = "access_token") => new("Bearer", (string?)answer[member]);

    protected static JsonElement ClaimsOf(string token) =>
        JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(token.Split('.')[1])).RootElement;

    /// <summary>A service principal with a secret.</summary>
    protected async Task<(string Id, string AppId, string Secret, string KeyId)> CreateServiceAsync(string name)
    {
        var app = (await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/applications", new { displayName = name }))!;
        var (id, appId) = ((string)app["id"]!, (string)app["appId"]!);
        var secret = (await CallAsync(HttpStatusCode.OK, "POST", $"{Graph}/applications/{id}/addPassword", new { passwordCredential = new { displayName = "ci" } }))!;
        return (id, appId, (string)secret["secretText"]!, (string)secret["keyId"]!);
    }
}
