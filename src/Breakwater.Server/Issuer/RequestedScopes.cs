using System.Collections.Immutable;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Issuer;

/// <summary>The scopes of a request: those of OpenID Connect, and at most one resource, which the access token will be for.</summary>
/// <param name="Resource">As the client names it; null when only OpenID Connect's scopes are asked for.</param>
internal sealed record RequestedScopes(ImmutableArray<string> All, string? Resource)
{
    private static readonly string[] OpenId = ["openid", "profile", "email", "offline_access"];

    /// <param name="origin">Scheme, host and port of the request.</param>
    /// <param name="problem">What is wrong, when the answer is null.</param>
    public static RequestedScopes? Parse(ImmutableArray<string> scopes, string origin, out string problem)
    {
        problem = "";
        var resources = scopes.Except(OpenId, StringComparer.Ordinal).Select(ResourceOf).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (resources.Count > 1)
            problem = "A token is for one resource. Ask for them one after the other.";
        else if (resources.Count == 1 && AudienceNames.Find(resources[0], origin) is null)
            problem = $"The resource '{resources[0]}' is not known here. Known are {AudienceNames.Management}, https://graph.microsoft.com and {AudienceNames.Registry}.";
        return problem.Length == 0 ? new RequestedScopes(scopes, resources.SingleOrDefault()) : null;
    }

    /// <summary>Entra's form: the resource, a slash, and the permission; the resource may end with a slash of its own.</summary>
    private static string ResourceOf(string scope) => scope.LastIndexOf('/') is > 0 and var slash ? scope[..slash] : scope;
}
