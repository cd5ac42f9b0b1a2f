using Breakwater.Oci;
using Breakwater.Server.Errors;
using Breakwater.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Network;

/// <summary>Whether the certificate that a connection was made with is still taken: connections outlive revocations, and the lists themselves.</summary>
internal static class ClientCertificateGate
{
    public static bool Admits(HttpContext context) =>
        context.Features.Get<ListenerFeature>()?.Clients is not { } clients || clients.Admits(context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate);

    /// <summary>The client is to connect anew, which its next certificate may let it do.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return OciAnswer.WriteAsync(context, OciErrors.Denied, "The client certificate of this connection is no longer taken.");
    }
}
