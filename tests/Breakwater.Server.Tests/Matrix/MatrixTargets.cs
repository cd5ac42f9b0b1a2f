using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Core.Access;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>Makes the things that requests are about, as somebody who may do everything.</summary>
internal sealed class MatrixTargets(HttpClient client, Guid installation, Func<Guid, Task<int>> giveUp)
{
    private const string Version = "?api-version=2022-04-01", Graph = "/graph/v1.0", Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>Who holds every right in both modes.</summary>
    public static readonly AuthenticationHeaderValue Maker = MatrixHost.Basic("owner");

    public static byte[] Manifest() => JsonSerializer.SerializeToUtf8Bytes(
        new { schemaVersion = 2, mediaType = Index, manifests = Array.Empty<object>(), annotations = new { id = Guid.NewGuid() } });

    public static Sent Commit(Targets t) => new($"/v2/{t.Repository}/blobs/uploads/{t.Upload}?digest={DigestOf(Guid.Parse(t.Upload).ToByteArray())}", Bytes: Guid.Parse(t.Upload).ToByteArray());

    public static object NewUser() => new { userPrincipalName = $"u{Guid.NewGuid():N}", passwordProfile = new { password = MatrixHost.Password } };

    public static object Reference(string id) => new Dictionary<string, string> { ["@odata.id"] = $"https://x/v1.0/directoryObjects/{id}" };

    public static object Federated(Targets t) => new
    {
        name = $"f{Guid.NewGuid():N}",
        issuer = MatrixHost.TrustedIssuer,
        subject = "somebody",
        audiences = new[] { $"api://{t.Tenant}" },
    };

    public static object IdentityCredential(Targets t) => new { properties = new { issuer = MatrixHost.TrustedIssuer, subject = "somebody", audiences = new[] { $"api://{t.Tenant}" } } };

    public static object Role(string scope, string[]? actions = null, string[]? dataActions = null) => new
    {
        properties = new { roleName = $"role {Guid.NewGuid()}", permissions = new[] { new { actions = actions ?? [], dataActions = dataActions ?? [] } }, assignableScopes = new[] { scope } },
    };

    public static object Assignment(string principal, string role) => AssignmentOfId(principal, $"{BuiltInRoles.All.Single(r => r.Name == role).Id:D}");

    public async Task<Targets> AllAsync()
    {
        var t = new Targets { Subscription = $"/subscriptions/{installation:D}" };
        foreach (var make in new Func<Targets, Task<Targets>>[]
        {
            SpareAsync, RepositoryAsync, BlobAsync, UploadAsync, ApplicationAsync, IdentityAsync, TeamAsync, ScopeMapAsync, TokenAsync, WebhookAsync, PrivateEndpointAsync, t => DefinitionAsync(t, 's'),
            t => AssignmentAsync(t, 's'), t => AssignmentAsync(t, 'g'), t => AssignmentAsync(t, 'r'),
        })
        {
            t = await make(t);
        }
        return t;
    }

    public async Task<Targets> SpareAsync(Targets t)
    {
        var spare = $"{t.Group}/providers/Microsoft.ContainerRegistry/registries/s{Guid.NewGuid():N}";
        await SendAsync("PUT", new Sent(spare + Version, new { sku = new { name = "Basic" } }));
        return t with { Spare = spare };
    }

    public Task<Targets> RepositoryAsync(Targets t) => ManifestAsync(t with { Repository = $"matrix/r{Guid.NewGuid():N}" });

    public async Task<Targets> ManifestAsync(Targets t)
    {
        var (tag, body) = ($"t{Guid.NewGuid():N}", Manifest());
        await SendAsync("PUT", new Sent($"/v2/{t.Repository}/manifests/{tag}", Bytes: body, Type: Index));
        return t with { Tag = tag, Digest = DigestOf(body) };
    }

    public async Task<Targets> BlobAsync(Targets t)
    {
        var uploading = await UploadAsync(t);
        await SendAsync("PUT", Commit(uploading));
        return t with { Blob = DigestOf(Guid.Parse(uploading.Upload).ToByteArray()) };
    }

    public async Task<Targets> UploadAsync(Targets t)
    {
        using var response = await SendAsync("POST", new Sent($"/v2/{t.Repository}/blobs/uploads/"));
        return t with { Upload = response.Headers.GetValues("Docker-Upload-UUID").Single() };
    }

    public async Task<Targets> UserAsync(Targets t) => t with { User = await IdAsync("POST", new Sent(Graph + "/users", NewUser())) };

    /// <summary>A group with one member.</summary>
    public async Task<Targets> TeamAsync(Targets t)
    {
        t = (await UserAsync(t)) with { Team = await IdAsync("POST", new Sent(Graph + "/groups", new { displayName = "team" })) };
        await SendAsync("POST", new Sent($"{Graph}/groups/{t.Team}/members/$ref", Reference(t.User)));
        return t;
    }

    public async Task<Targets> ApplicationAsync(Targets t)
    {
        var made = await JsonAsync("POST", new Sent(Graph + "/applications", new { displayName = "application" }));
        t = t with { Application = (string)made["id"]!, AppId = (string)made["appId"]! };
        return t with
        {
            Secret = (string)(await JsonAsync("POST", new Sent($"{Graph}/applications/{t.Application}/addPassword", new { })))["keyId"]!,
            Credential = await IdAsync("POST", new Sent($"{Graph}/applications/{t.Application}/federatedIdentityCredentials", Federated(t))),
        };
    }

    public async Task<Targets> IdentityAsync(Targets t)
    {
        t = t with { Identity = $"i{Guid.NewGuid():N}" };
        var path = $"{t.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{t.Identity}";
        await SendAsync("PUT", new Sent(path + Version, new { location = "local" }));
        await SendAsync("PUT", new Sent($"{path}/federatedIdentityCredentials/ci{Version}", IdentityCredential(t)));
        return t;
    }

    public async Task<Targets> ScopeMapAsync(Targets t)
    {
        var name = $"m{Guid.NewGuid():N}";
        await SendAsync("PUT", new Sent($"{t.Registry}/scopeMaps/{name}{Version}", new { properties = new { actions = new[] { "repositories/x/content/read" } } }));
        return t with { ScopeMap = name };
    }

    public async Task<Targets> TokenAsync(Targets t) => t with { Token = await TokenAsync(t, "_repositories_pull") };

    public async Task<string> TokenAsync(Targets t, string scopeMap)
    {
        var name = $"t{Guid.NewGuid():N}";
        await SendAsync("PUT", new Sent($"{t.Registry}/tokens/{name}{Version}", new { properties = new { scopeMapId = $"{t.Registry}/scopeMaps/{scopeMap}" } }));
        return name;
    }

    public static object Import(Targets t) => new { source = new { resourceId = t.Registry, sourceImage = $"{t.Repository}:{t.Tag}" }, targetTags = new[] { $"imported/i{Guid.NewGuid():N}:v1" } };

    public static object Webhook() => new { location = "local", properties = new { serviceUri = "https://receiver.example/hook", actions = new[] { "push" }, scope = "nobody/pushes/here:*" } };

    public async Task<Targets> WebhookAsync(Targets t)
    {
        var name = $"w{Guid.NewGuid():N}";
        await SendAsync("PUT", new Sent($"{t.Registry}/webhooks/{name}{Version}", Webhook()));
        return t with { Webhook = name };
    }

    public static object PrivateEndpoint(Targets t) => new
    {
        properties = new { sourcePrefixes = new[] { "10.8.0.0/24" }, privateLinkServiceConnections = new[] { new { name = "one", properties = new { privateLinkServiceId = t.Registry } } } },
    };

    public async Task<Targets> PrivateEndpointAsync(Targets t)
    {
        var name = $"e{Guid.NewGuid():N}";
        await SendAsync("PUT", new Sent($"{t.Group}/providers/Microsoft.Network/privateEndpoints/{name}{Version}", PrivateEndpoint(t)));
        var all = (await JsonAsync("GET", new Sent($"{t.Registry}/privateEndpointConnections{Version}")))["value"]!.AsArray();
        return t with { PrivateEndpoint = name, PrivateConnection = (string)all.Single(one => ((string)one!["name"]!).StartsWith(name, StringComparison.Ordinal))!["name"]! };
    }

    public async Task<Targets> DeadEventAsync(Targets t)
    {
        t = await WebhookAsync(t);
        var id = await IdAsync("POST", new Sent($"{t.Registry}/webhooks/{t.Webhook}/ping{Version}"));
        await giveUp(Guid.Parse(id));
        return t with { DeadEvent = id };
    }

    public async Task<Targets> DefinitionAsync(Targets t, char scope) => t with { Definition = await RoleAsync(t, scope, ["*/read"]) };

    public async Task<string> RoleAsync(Targets t, char scope, string[] actions, string[]? dataActions = null)
    {
        var id = $"{Guid.NewGuid():D}";
        await SendAsync("PUT", new Sent($"{t.ScopeOf(scope)}/providers/Microsoft.Authorization/roleDefinitions/{id}{Version}", Role(t.ScopeOf(scope), actions, dataActions)));
        return id;
    }

    public async Task<Targets> AssignmentAsync(Targets t, char scope)
    {
        var team = await TeamAsync(t);
        return t with { Assignments = new Dictionary<char, string>(t.Assignments) { [scope] = await AssignAsync(t, scope, team.Team, "AcrPull") } };
    }

    public Task<string> AssignAsync(Targets t, char scope, string principal, string role) => AssignAsync(t, scope, Assignment(principal, role));

    public Task<string> AssignIdAsync(Targets t, char scope, string principal, string roleId) => AssignAsync(t, scope, AssignmentOfId(principal, roleId));

    /// <summary>Somebody without a role.</summary>
    public async Task<(string Id, AuthenticationHeaderValue Credentials)> UserWithPasswordAsync()
    {
        var name = $"u{Guid.NewGuid():N}";
        var id = await IdAsync("POST", new Sent(Graph + "/users", new { userPrincipalName = name, passwordProfile = new { password = MatrixHost.Password } }));
        return (id, MatrixHost.Basic(name));
    }

    /// <param name="actions">What its scope map has for every repository, with spaces between.</param>
    public async Task<AuthenticationHeaderValue> TokenWithAsync(Targets t, string actions)
    {
        var map = $"m{Guid.NewGuid():N}";
        var body = new { properties = new { actions = actions.Split(' ').Select(action => $"repositories/*/{action}") } };
        await SendAsync("PUT", new Sent($"{t.Registry}/scopeMaps/{map}{Version}", body));
        var token = await TokenAsync(t, map);
        var generated = await JsonAsync("POST", new Sent($"{t.Registry}/generateCredentials{Version}", new { tokenId = $"{t.Registry}/tokens/{token}", name = "password1" }));
        return MatrixHost.Basic(token, (string)generated["passwords"]![0]!["value"]!);
    }

    /// <summary>Sends as the maker, to whom nothing may be refused.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, Sent sent)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), sent.Path) { Content = sent.Content() };
        request.Headers.Authorization = Maker;
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {sent.Path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return response;
    }

    public async Task<JsonNode> JsonAsync(string method, Sent sent)
    {
        using var response = await SendAsync(method, sent);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<string> AssignAsync(Targets t, char scope, object assignment)
    {
        var id = $"{Guid.NewGuid():D}";
        await SendAsync("PUT", new Sent($"{t.ScopeOf(scope)}/providers/Microsoft.Authorization/roleAssignments/{id}{Version}", assignment));
        return id;
    }

    private async Task<string> IdAsync(string method, Sent sent) => (string)(await JsonAsync(method, sent))["id"]!;

    private static object AssignmentOfId(string principal, string role) => new
    {
        properties = new { principalId = principal, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}" },
    };

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
