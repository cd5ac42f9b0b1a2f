using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Content;

/// <summary>The content of one registry: ACR's <c>/acr/v1</c>, and the distribution specification's <c>/v2</c>.</summary>
public sealed class ContentClient
{
    public ContentClient(HttpChannel channel, ServerAddress server, Session session, TimeProvider clock)
    {
        var api = new ContentApi(channel, server, session, clock);
        (Server, Tokens) = (server, api.Tokens);
        Repositories = new RepositoriesClient(api);
        Tags = new TagsClient(api);
        Manifests = new ManifestsClient(api);
        Blobs = new BlobsClient(api);
    }

    public ServerAddress Server { get; }

    public ContentTokens Tokens { get; }

    public RepositoriesClient Repositories { get; }

    public TagsClient Tags { get; }

    public ManifestsClient Manifests { get; }

    public BlobsClient Blobs { get; }
}
