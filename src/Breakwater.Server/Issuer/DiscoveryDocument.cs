using System.Collections.Immutable;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Breakwater.Server.Issuer;

/// <summary>Names the endpoints in the shape by which the document was asked for. https://openid.net/specs/openid-connect-discovery-1_0.html</summary>
internal sealed class DiscoveryDocument(IssuerPaths paths) : IOpenIddictServerHandler<HandleConfigurationRequestContext>, IOpenIddictServerHandler<ApplyConfigurationResponseContext>
{
    // Before the built-in handler that writes the answer.
    public const int AnswerOrder = int.MinValue;

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var root = new Uri(HttpOrigin.Of(request) + "/");
        context.AuthorizationEndpoint = At(paths.Authorization);
        context.TokenEndpoint = At(paths.Token);
        context.DeviceAuthorizationEndpoint = At(paths.DeviceAuthorization);
        context.JsonWebKeySetEndpoint = new Uri(root, Tokens.SigningKeyEndpoint.Path);
        return ValueTask.CompletedTask;

        Uri At(Uri[] endpoints) => new(root, IssuerPaths.Sibling(endpoints, request.Path));
    }

    /// <summary>A password is taken on the AD FS shape only.</summary>
    public ValueTask HandleAsync(ApplyConfigurationResponseContext context)
    {
        var grants = (ImmutableArray<string?>?)context.Response[Metadata.GrantTypesSupported] ?? [];
        if (!IssuerPaths.IsAdfs(context.Transaction.GetHttpRequest()!.Path))
            context.Response[Metadata.GrantTypesSupported] = grants.Remove(GrantTypes.Password);
        return ValueTask.CompletedTask;
    }
}
