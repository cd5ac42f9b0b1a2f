using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Breakwater.Server.Issuer;

/// <summary>Names the endpoints in the shape by which the document was asked for. https://openid.net/specs/openid-connect-discovery-1_0.html</summary>
internal sealed class DiscoveryDocument(IssuerPaths paths) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var root = new Uri(HttpOrigin.Of(request) + "/");
        context.AuthorizationEndpoint = At(paths.Authorization);
        context.TokenEndpoint = At(paths.Token);
        context.DeviceAuthorizationEndpoint = At(paths.DeviceAuthorization);
        context.JsonWebKeySetEndpoint = new Uri(root, Tokens.SigningKeyEndpoint.Path);
        if (!IssuerPaths.IsAdfs(request.Path))
            context.GrantTypes.Remove(OpenIddict.Abstractions.OpenIddictConstants.GrantTypes.Password);
        return ValueTask.CompletedTask;

        Uri At(Uri[] endpoints) => new(root, IssuerPaths.Sibling(endpoints, request.Path));
    }
}
