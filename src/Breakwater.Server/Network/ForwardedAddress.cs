namespace Breakwater.Server.Network;

/// <summary>Puts the client's address and scheme in the place of the proxy's. Everything behind it sees the client; <see cref="ProxyAddress"/> keeps the proxy.</summary>
internal sealed class ForwardedAddress(RequestDelegate next, TrustedProxies proxies)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } peer && proxies.Trusts(peer))
        {
            var headers = context.Request.Headers;
            var (client, scheme) = proxies.Resolve(peer, headers["X-Forwarded-For"], headers["X-Forwarded-Proto"]);
            if (!client.Equals(peer))
            {
                context.Features.Set(ProxyAddress.Of(context) ?? new ProxyAddress(peer));
                context.Connection.RemoteIpAddress = client;
                context.Connection.RemotePort = 0;
            }
            if (scheme is not null)
                context.Request.Scheme = scheme;
        }
        return next(context);
    }
}
