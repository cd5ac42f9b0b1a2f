namespace Breakwater.Server.Issuer;

/// <summary>
/// The addresses of the built-in issuer, in the two shapes that Azure's tools know: Entra ID's, with a tenant in front, and AD FS's.
/// </summary>
internal sealed class IssuerPaths(Guid tenantId)
{
    public const string Adfs = "adfs", DeviceLogin = "devicelogin";

    // What stands for "the tenant of whoever signs in". There is one.
    private static readonly string[] Aliases = ["common", "organizations"];

    private string[] Tenants => [tenantId.ToString("D"), .. Aliases];

    public Uri[] Configuration => Uris("/v2.0/.well-known/openid-configuration", "/.well-known/openid-configuration");

    public Uri[] Authorization => Uris("/oauth2/v2.0/authorize", "/oauth2/authorize");

    public Uri[] Token => Uris("/oauth2/v2.0/token", "/oauth2/token");

    public Uri[] DeviceAuthorization => Uris("/oauth2/v2.0/devicecode", "/oauth2/devicecode");

    /// <summary>What the tokens name as their issuer: the same for every alias.</summary>
    /// <param name="path">Of the request.</param>
    public string IssuerOf(PathString path) => IsAdfs(path) ? $"/{Adfs}" : $"/{tenantId:D}/v2.0";

    public static bool IsAdfs(PathString path) => path.StartsWithSegments($"/{Adfs}", StringComparison.OrdinalIgnoreCase);

    /// <summary>The endpoint of a kind that has the shape by which the issuer was asked.</summary>
    public static Uri Sibling(Uri[] endpoints, PathString path) => IsAdfs(path) ? endpoints[^1] : endpoints[0];

    private Uri[] Uris(string entra, string adfs) => [.. Tenants.Select(tenant => new Uri(tenant + entra, UriKind.Relative)), new Uri(Adfs + adfs, UriKind.Relative)];
}
