using System.Text.Json;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>Azure Resource Manager's interface of one installation. https://learn.microsoft.com/rest/api/containerregistry</summary>
public sealed class ManagementClient
{
    public const string ApiVersion = "2025-11-01", AuthorizationVersion = "2022-04-01";

    private readonly LongRunning operations;

    /// <param name="tenant">The installation's id: tenant and subscription at once.</param>
    public ManagementClient(HttpChannel channel, ServerAddress server, Session session, string tenant, TimeProvider clock)
    {
        Api = new ApiClient(channel, server, session, Audience.Management);
        operations = new LongRunning(Api, clock);
        (Tenant, Subscription) = (tenant, "/subscriptions/" + tenant);
        Registries = new RegistriesClient(this);
        DeletedRegistries = new DeletedRegistriesClient(this);
        Roles = new RolesClient(this);
        Identities = new IdentitiesClient(this);
        PrivateEndpoints = new PrivateEndpointsClient(this);
        ResourceGroups = new ResourceGroupsClient(this);
    }

    /// <summary>The installation's id.</summary>
    public string Tenant { get; }

    /// <summary>The resource id of everything.</summary>
    public string Subscription { get; }

    public RegistriesClient Registries { get; }

    public DeletedRegistriesClient DeletedRegistries { get; }

    public RolesClient Roles { get; }

    public IdentitiesClient Identities { get; }

    public PrivateEndpointsClient PrivateEndpoints { get; }

    public ResourceGroupsClient ResourceGroups { get; }

    internal ApiClient Api { get; }

    public RegistryClient Of(RegistryId registry) => new(this, registry);

    /// <summary>Sends what may go on after its answer, and waits for its end.</summary>
    internal Task<JsonElement?> RunAsync(HttpMethod method, string path, object? body, CancellationToken stop, string? ifRevision = null) =>
        operations.RunAsync(method, Versioned(path), body, stop, ifRevision);

    internal async Task<T> RunAsync<T>(HttpMethod method, string path, object? body, CancellationToken stop, string? ifRevision = null)
    {
        var answer = await RunAsync(method, path, body, stop, ifRevision);
        return answer is { } json && json.Deserialize<T>(WireJson.Options) is { } value
            ? value
            : throw new BreakwaterException(ErrorKind.Failed, "The server did not show what came of it.");
    }

    /// <returns>Whether there was something to delete: ARM answers 204 where there was not.</returns>
    internal async Task<bool> DeleteAsync(string path, string version, CancellationToken stop) =>
        await Api.SendAsync(HttpMethod.Delete, Versioned(path, version), null, stop) != System.Net.HttpStatusCode.NoContent;

    internal static string Versioned(string path, string version = ApiVersion) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={version}";
}
