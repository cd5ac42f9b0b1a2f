using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using OpenIddict.Server.AspNetCore;

namespace Breakwater.Server.Issuer;

/// <summary>
/// The built-in OpenID Connect issuer. Its routes stand in the route table like all others; what OpenIddict does on them, it does when the
/// gate has let the request through, and on no other path.
/// </summary>
internal sealed class IssuerEndpoints(IssuerPaths paths)
{
    private const string Reason = "signs in by itself";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var routes = new OpenRoutes(endpoints).Map("GET POST", $"/{IssuerPaths.DeviceLogin}", "sign-in page", HandleAsync);
        foreach (var path in paths.Configuration)
            routes.Map("GET", $"/{path}", "public metadata", HandleAsync);
        foreach (var path in paths.Authorization)
            routes.Map("GET POST", $"/{path}", "sign-in page", HandleAsync);
        foreach (var path in paths.Token.Concat(paths.DeviceAuthorization))
            routes.Map("POST", $"/{path}", Reason, HandleAsync);
    }

    private static async Task HandleAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Tokens.TokenForm.MaxLength;
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var handler = (IAuthenticationRequestHandler)(await handlers.GetHandlerAsync(context, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme))!;
        if (!await handler.HandleRequestAsync())
            await OciAnswer.WriteAsync(context, OciErrors.NotFound);
    }
}
