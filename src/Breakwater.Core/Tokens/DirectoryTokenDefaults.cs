namespace Breakwater.Core.Tokens;

/// <summary>What the tokens of the built-in OpenID Connect issuer have in common.</summary>
public static class DirectoryTokenDefaults
{
    /// <summary>How long a token for the management plane, Graph or a registry's exchange is good for: an hour, as with Entra ID.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);

    /// <summary>How long a person stays signed in without giving the password again, from the last use: a day.</summary>
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromDays(1);

    /// <summary>How long at most, however often it is used: 90 days.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromDays(90);

    /// <summary>Claims: object id, tenant id and version of the principal.</summary>
    public const string ObjectId = "oid", TenantId = "tid", Version = "pv";

    /// <summary>Claim: when the proof ends that the token was given for, in seconds since 1970; absent when it has no end of its own.</summary>
    public const string NotAfter = "bwk_not_after";

    /// <summary>Claims: the session that a person's token belongs to, and which of its refresh tokens it is.</summary>
    public const string SessionId = "sid", Turn = "bwk_turn";
}
