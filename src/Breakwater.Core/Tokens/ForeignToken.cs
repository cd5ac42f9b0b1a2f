using Microsoft.IdentityModel.JsonWebTokens;

namespace Breakwater.Core.Tokens;

/// <summary>Looks into a token that somebody else has signed, before anything in it is believed: whose key is to be tried?</summary>
internal static class ForeignToken
{
    /// <summary>Null for what is no signed JWT of at most 16 KiB.</summary>
    public static JsonWebToken? TryRead(string token)
    {
        if (token.Length is 0 or > TokenDefaults.MaxLength)
            return null;
        try
        {
            var read = new JsonWebToken(token);
            return string.IsNullOrEmpty(read.Issuer) || string.IsNullOrEmpty(read.Subject) || read.IsEncrypted ? null : read;
        }
        catch (ArgumentException)
        {
            // Also what the library calls malformed.
            return null;
        }
    }
}
