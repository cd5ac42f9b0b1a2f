using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>The directory by Microsoft Graph's interface. https://learn.microsoft.com/graph/api/overview</summary>
public sealed class DirectoryClient
{
    internal const string Root = "/graph/v1.0";

    public DirectoryClient(HttpChannel channel, ServerAddress server, Session session)
    {
        var api = new ApiClient(channel, server, session, Audience.Directory);
        Users = new UsersClient(api);
        Groups = new GroupsClient(api);
        ServicePrincipals = new ServicePrincipalsClient(api);
    }

    public UsersClient Users { get; }

    public GroupsClient Groups { get; }

    public ServicePrincipalsClient ServicePrincipals { get; }

    /// <summary>OData's form of a text.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string Filtered(string path, string filter) => $"{path}?$filter={Uri.EscapeDataString(filter)}";
}
