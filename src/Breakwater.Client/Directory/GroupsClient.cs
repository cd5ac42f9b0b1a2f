using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>Groups and their members.</summary>
public sealed class GroupsClient(ApiClient api)
{
    private const string Root = DirectoryClient.Root + "/groups";

    public IAsyncEnumerable<DirectoryGroup> ListAsync(CancellationToken stop) => api.ListAsync<DirectoryGroup>(Root, stop);

    /// <summary>By id, or by name where one group alone has it.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotFound"/>, or <see cref="ErrorKind.Invalid"/> where several have the name.</exception>
    public async Task<DirectoryGroup> FindAsync(string key, CancellationToken stop)
    {
        if (Guid.TryParse(key, out var id))
            return await api.GetAsync<DirectoryGroup>(At($"{id:D}"), stop);
        var found = await api.ListAsync<DirectoryGroup>(DirectoryClient.Filtered(Root, "displayName eq " + DirectoryClient.Quote(key)), stop).ToListAsync(stop);
        return Only.One(found, $"group '{key}'", group => group.Id);
    }

    public Task<DirectoryGroup> CreateAsync(string name, string? description, CancellationToken stop) =>
        api.SendAsync<DirectoryGroup>(HttpMethod.Post, Root, new { displayName = name, description, mailEnabled = false, securityEnabled = true }, stop);

    public Task DeleteAsync(string id, CancellationToken stop) => api.SendAsync(HttpMethod.Delete, At(id), null, stop);

    public IAsyncEnumerable<GroupMember> ListMembersAsync(string id, CancellationToken stop) => api.ListAsync<GroupMember>(At(id) + "/members", stop);

    /// <param name="member">The object id of a user, a service principal or a group.</param>
    public Task AddMemberAsync(string id, string member, CancellationToken stop) => api.SendAsync(
        HttpMethod.Post, At(id) + "/members/$ref", new Dictionary<string, string> { ["@odata.id"] = "https://graph.microsoft.com/v1.0/directoryObjects/" + member }, stop);

    public Task RemoveMemberAsync(string id, string member, CancellationToken stop) =>
        api.SendAsync(HttpMethod.Delete, $"{At(id)}/members/{Uri.EscapeDataString(member)}/$ref", null, stop);

    private static string At(string id) => $"{Root}/{Uri.EscapeDataString(id)}";
}
