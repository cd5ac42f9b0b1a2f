using Breakwater.Oci;
using Breakwater.Server.Errors;
using Microsoft.AspNetCore.Connections.Features;

namespace Breakwater.Server.Guards;

/// <summary>
/// Refuses what the server itself lets pass, so that nothing behind has to think of it: framing on which a proxy in front might disagree
/// (request smuggling), several credentials, unknown methods, foreign host names. First in the pipeline.
/// </summary>
/// <remarks>
/// Trailers are read apart by Kestrel and nothing here looks at them; a request that announces some is refused. Bare line feeds are
/// refused by Kestrel, by a switch that <see cref="Hosting.KestrelSetup"/> sets.
/// </remarks>
internal sealed class HttpGuards(RequestDelegate next, AllowedHosts hosts)
{
    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";

    private static readonly GuardFinding
        UnknownMethod = new(OciErrors.Unsupported, "This method is not supported. Use one that the Allow header names.", Closes: true),
        ForeignHost = new(OciErrors.MisdirectedRequest, "This server does not answer to that host name. Its operator can add the name with --hosts.", Closes: false),
        OtherTlsName = new(OciErrors.MisdirectedRequest, "The Host header names another server than the TLS connection. Open a connection for it.", Closes: false),
        NoHost = GuardFinding.Malformed("The request has no Host header."),
        SeveralCredentials = GuardFinding.Malformed("The request has more than one Authorization header. Send one."),
        BadCoding = GuardFinding.Malformed("Transfer-Encoding may be chunked and nothing else, in HTTP/1.1."),
        TwoLengths = GuardFinding.Malformed("Transfer-Encoding and Content-Length exclude each other. Send one."),
        HasTrailers = GuardFinding.Malformed("Trailers are not accepted. Send all headers before the body.");

    public Task InvokeAsync(HttpContext context) => Find(context) is { } finding ? RefuseAsync(context, finding) : next(context);

    private GuardFinding? Find(HttpContext context)
    {
        var request = context.Request;
        if (!IsKnown(request.Method))
            return UnknownMethod;
        if (request.Headers.Authorization.Count > 1)
            return SeveralCredentials;
        return Framing(request) ?? Host(context);
    }

    /// <summary>As written: methods are case-sensitive (RFC 9110, 9.1), but what comes after here may not think so.</summary>
    private static bool IsKnown(string method) => method is "GET" or "HEAD" or "PUT" or "PATCH" or "POST" or "DELETE";

    private static GuardFinding? Framing(HttpRequest request)
    {
        var headers = request.Headers;
        var coding = headers.TransferEncoding;
        if (coding.Count > 0)
        {
            if (coding.Count != 1 || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase) || !HttpProtocol.IsHttp11(request.Protocol))
                return BadCoding;
            // Kestrel moves a Content-Length that stands beside Transfer-Encoding to this header.
            if (headers.ContentLength is not null || headers.ContainsKey("X-Content-Length"))
                return TwoLengths;
        }
        return headers.Trailer.Count > 0 ? HasTrailers : null;
    }

    private GuardFinding? Host(HttpContext context)
    {
        var host = context.Request.Headers.Host;
        if (host is not [{ Length: > 0 } name])
            return NoHost;
        if (!hosts.Allows(name, context.Connection.LocalIpAddress))
            return ForeignHost;
        if (context.Features.Get<ITlsHandshakeFeature>()?.HostName is { Length: > 0 } tlsName
            && !AllowedHosts.NameOf(name).Equals(tlsName, StringComparison.OrdinalIgnoreCase))
            return OtherTlsName;
        return null;
    }

    private static Task RefuseAsync(HttpContext context, GuardFinding finding)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (finding == UnknownMethod)
            headers.Allow = Methods;
        if (finding.Closes && !HttpProtocol.IsHttp2(context.Request.Protocol))
            headers.Connection = "close";
        return OciAnswer.WriteAsync(context, finding.Error, finding.Message);
    }
}
