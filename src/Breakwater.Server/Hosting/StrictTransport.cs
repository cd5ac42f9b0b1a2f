using System.Net;
using Microsoft.AspNetCore.Connections.Features;

namespace Breakwater.Server.Hosting;

/// <summary>
/// <c>Strict-Transport-Security</c> (RFC 6797) where this server itself ends TLS for other machines: a browser that has been here speaks nothing else afterwards.
/// Not on loopback, where the same name serves plain HTTP to people who try things out; behind a proxy it is the proxy's to say.
/// </summary>
internal sealed class StrictTransport(RequestDelegate next)
{
    public const string Policy = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ITlsHandshakeFeature>() is not null && context.Connection.LocalIpAddress is { } local && !IPAddress.IsLoopback(local))
            context.Response.Headers.StrictTransportSecurity = Policy;
        return next(context);
    }
}
