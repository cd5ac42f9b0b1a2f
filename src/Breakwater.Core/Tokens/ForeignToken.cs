using Microsoft.IdentityModel.JsonWebTokens;

namespace Breakwater.Core.Tokens;

/// <summary>Looks into a token that somebody else has signed, before anything in it is believed: whose key is to be tried?</summary>
internal static class ForeignToken
{
    /// <summary>
    /// By which a verified token is known when it comes again. Kubernetes gives its tokens a <c>jti</c> since 1.29 only; what was signed is as unique.
    /// The signature is not: of an ECDSA signature anybody can make a second valid one.
    /// </summary>
    public static string IdOf(JsonWebToken token) => string.IsNullOrEmpty(token.Id) ? $"{token.EncodedHeader}.{token.EncodedPayload}" : token.Id;

    /// <summary>Null for what is no signed JWT of at most 16 KiB.</summary>
    public static JsonWebToken? TryRead(string token)
    {
        if (token.Length is 0 or > TokenDefaults.MaxLength || token.AsSpan().Count('.') != 2)
            return null;
        try
        {
            var read = new JsonWebToken(token);
            return string.IsNullOrEmpty(read.Issuer) || string.IsNullOrEmpty(read.Subject) || read.IsEncrypted ? null : read;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What the library calls malformed, at once or when a claim is asked for.
            return null;
        }
    }
}
