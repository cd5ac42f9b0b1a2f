using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Breakwater.Server.Issuer;

/// <summary>Tokens name as their issuer the address by which the client knows it, without the alias it may have used.</summary>
internal sealed class IssuerName(IssuerPaths paths) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static readonly int Order = OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 1;

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        context.BaseUri = new Uri(HttpOrigin.Of(request) + paths.IssuerOf(request.Path));
        return ValueTask.CompletedTask;
    }
}
