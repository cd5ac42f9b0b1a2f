using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>Service principals and their secrets.</summary>
public sealed class ServicePrincipalsClient(ApiClient api)
{
    private const string Root = DirectoryClient.Root + "/servicePrincipals", Applications = DirectoryClient.Root + "/applications";

    public IAsyncEnumerable<ServicePrincipal> ListAsync(CancellationToken stop) => api.ListAsync<ServicePrincipal>(Root, stop);

    public Task<ServicePrincipal> GetAsync(string id, CancellationToken stop) => api.GetAsync<ServicePrincipal>(At(id), stop);

    /// <summary>By object id, application id, or name where one alone has it; with its secrets.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotFound"/>, or <see cref="ErrorKind.Invalid"/> where several have the name.</exception>
    public async Task<ServicePrincipal> FindAsync(string key, CancellationToken stop)
    {
        var isId = Guid.TryParse(key, out var id);
        var filter = isId ? $"appId eq '{id:D}'" : "displayName eq " + DirectoryClient.Quote(key);
        var found = await api.ListAsync<ServicePrincipal>(DirectoryClient.Filtered(Root, filter), stop).ToListAsync(stop);
        return isId && found.Count == 0
            ? await GetAsync($"{id:D}", stop)
            : await GetAsync(Only.One(found, $"service principal '{key}'", service => service.Id).Id, stop);
    }

    public Task<ServicePrincipal> CreateAsync(string name, CancellationToken stop) => api.SendAsync<ServicePrincipal>(HttpMethod.Post, Applications, new { displayName = name }, stop);

    public Task DeleteAsync(string id, CancellationToken stop) => api.SendAsync(HttpMethod.Delete, At(id), null, stop);

    /// <param name="endsAt">Null: after a year.</param>
    public Task<SecretEntry> AddSecretAsync(string id, string? name, DateTimeOffset? endsAt, CancellationToken stop) =>
        api.SendAsync<SecretEntry>(HttpMethod.Post, At(id) + "/addPassword", new { passwordCredential = new { displayName = name, endDateTime = endsAt } }, stop);

    public Task RemoveSecretAsync(string id, string keyId, CancellationToken stop) => api.SendAsync(HttpMethod.Post, At(id) + "/removePassword", new { keyId }, stop);

    private static string At(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}
