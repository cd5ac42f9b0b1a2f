namespace Breakwater.Core.Tokens;

/// <summary>What tokens have in common.</summary>
public static class TokenDefaults
{
    /// <summary>The issuer that ACR's clients know.</summary>
    public const string Issuer = "Azure Container Registry";

    /// <summary>Version 2.0 writes the members of <c>access</c> in lower case.</summary>
    public const string ClaimsVersion = "2.0";

    /// <summary>RFC 9068 section 2.1: no other kind of token can be mistaken for one of ours.</summary>
    public const string Type = "at+jwt";

    /// <summary>Nor can a refresh token be mistaken for an access token.</summary>
    public const string RefreshType = "rt+jwt";

    /// <summary>How long an access token is good for: 15 minutes. Long enough for clients that ask once per image, short enough to be lost.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token is good for: three hours, as with ACR.</summary>
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromHours(3);

    /// <summary>How far the clocks of two nodes may be apart: 60 seconds.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Of anything that the ring signs: the sign-in of a person with the built-in issuer.</summary>
    public static readonly TimeSpan LongestLifetime = DirectoryTokenDefaults.SessionLifetime;

    /// <summary>A signing key is replaced after 90 days.</summary>
    public static readonly TimeSpan SigningKeyLifetime = TimeSpan.FromDays(90);

    /// <summary>Characters; what a request's headers (32 KiB) hold beside everything else.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Repositories that one token can be for: with the longest names it stays under <see cref="MaxLength"/>.</summary>
    public const int MaxRepositories = 30;
}
