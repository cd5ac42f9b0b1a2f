namespace Breakwater.Server.Issuer;

/// <summary>Scheme, host and port by which the server was reached, for instance <c>https://registry.example:8443</c>.</summary>
internal static class HttpOrigin
{
    public static string Of(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";

    /// <summary>Whether a form was sent by a page of this server. A browser says so; a page of another site cannot make it say so.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origin.Equals(Of(request), StringComparison.OrdinalIgnoreCase);
}
