using Breakwater.Client.Management;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>The content of one registry: ACR's <c>/acr/v1</c>, and the distribution specification's <c>/v2</c>.</summary>
public sealed class ContentClient
{
    private readonly ContentApi api;

    public ContentClient(HttpChannel channel, ServerAddress server, Session session, TimeProvider clock)
    {
        api = new ContentApi(channel, server, session, clock);
        (Server, Tokens) = (server, api.Tokens);
        Repositories = new RepositoriesClient(api);
        Tags = new TagsClient(api);
        Manifests = new ManifestsClient(api);
        Blobs = new BlobsClient(api);
        Deleted = new DeletedClient(api);
    }

    public ServerAddress Server { get; }

    public ContentTokens Tokens { get; }

    public RepositoriesClient Repositories { get; }

    public TagsClient Tags { get; }

    public ManifestsClient Manifests { get; }

    public BlobsClient Blobs { get; }

    public DeletedClient Deleted { get; }

    /// <summary>Why something was refused to the caller: what <c>X-Breakwater-Decision</c> named. The server takes a registry's token here; the scope does not matter.</summary>
    public Task<Decision> GetDecisionAsync(string id, CancellationToken stop) => api.GetAsync<Decision>("/decisions/" + Uri.EscapeDataString(id), ContentScope.Catalog, stop);
}
