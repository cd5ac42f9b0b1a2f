using System.Net;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Network;

/// <summary>Where a request comes from, as a registry's network sees it.</summary>
/// <param name="Address">The client's, after trusted proxies.</param>
/// <param name="Listener">Name of the private listener that it came in by; null: a public one.</param>
/// <param name="Certificate">The client's, if it came in by a private listener and showed one.</param>
internal readonly record struct RequestOrigin(IPAddress? Address, string? Listener, X509Certificate2? Certificate)
{
    public static RequestOrigin Of(HttpContext context)
    {
        var listener = context.Features.Get<ListenerFeature>()?.Name;
        return new RequestOrigin(context.Connection.RemoteIpAddress, listener, listener is null ? null : context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate);
    }

    /// <summary>For what outlives the request, and so the connection that its certificate belongs to.</summary>
    public RequestOrigin Kept() => Certificate is null ? this : this with { Certificate = X509CertificateLoader.LoadCertificate(Certificate.RawData) };
}
