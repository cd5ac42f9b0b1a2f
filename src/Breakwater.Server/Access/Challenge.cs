namespace Breakwater.Server.Access;

/// <summary>
/// <c>WWW-Authenticate: Bearer realm="…",service="…",scope="…"</c>. https://distribution.github.io/distribution/spec/auth/token/
/// No space may follow the commas: az splits the header at spaces.
/// </summary>
internal static class Challenge
{
    public const string TokenPath = "/oauth2/token";

    /// <param name="error">RFC 6750 section 3.1; null when no token was sent.</param>
    public static string Bearer(HttpContext context, DemandedScope? scope, string? error)
    {
        var request = context.Request;
        var text = $"Bearer realm=\"{request.Scheme}://{request.Host.Value}{TokenPath}\",service=\"{request.Host.Value}\"";
        if (scope is not null)
            text += $",scope=\"{scope}\"";
        if (error is not null)
            text += $",error=\"{error}\"";
        return text;
    }

    /// <summary>What the management plane asks for first: ARM's form, from which tools learn where to sign in.</summary>
    public static string Directory(HttpContext context, string? error)
    {
        var text = $"Bearer authorization_uri=\"{context.Request.Scheme}://{context.Request.Host.Value}/organizations\"";
        return error is null ? text : $"{text},error=\"{error}\"";
    }

    /// <summary>What the token endpoint itself and the management plane ask for.</summary>
    public static string Basic(HttpContext context) => $"Basic realm=\"{context.Request.Host.Value}\",charset=\"UTF-8\"";
}
