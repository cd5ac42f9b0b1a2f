using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>Users; each is named by its id or its name.</summary>
public sealed class UsersClient(ApiClient api)
{
    private const string Root = DirectoryClient.Root + "/users";

    public IAsyncEnumerable<DirectoryUser> ListAsync(CancellationToken stop) => api.ListAsync<DirectoryUser>(Root, stop);

    public Task<DirectoryUser> GetAsync(string key, CancellationToken stop) => api.GetAsync<DirectoryUser>(At(key), stop);

    public Task<DirectoryUser> CreateAsync(UserChange user, CancellationToken stop) => api.SendAsync<DirectoryUser>(HttpMethod.Post, Root, user, stop);

    public Task UpdateAsync(string key, UserChange change, CancellationToken stop) => api.SendAsync(HttpMethod.Patch, At(key), change, stop);

    public Task DeleteAsync(string key, CancellationToken stop) => api.SendAsync(HttpMethod.Delete, At(key), null, stop);

    private static string At(string key) => $"{Root}/{Uri.EscapeDataString(key)}";
}
