using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>An ES256 key (P-256) of the ring.</summary>
public sealed class SigningKey
{
    internal SigningKey(ECDsaSecurityKey key, SigningKeyState state, DateTimeOffset changedAt)
    {
        State = state;
        ChangedAt = changedAt;
        Credentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
        var parameters = key.ECDsa.ExportParameters(includePrivateParameters: false);
        X = Base64UrlEncoder.Encode(parameters.Q.X);
        Y = Base64UrlEncoder.Encode(parameters.Q.Y);
    }

    /// <summary>RFC 7638 thumbprint.</summary>
    public string KeyId => Credentials.Key.KeyId;

    public SigningKeyState State { get; }

    /// <summary>When it came into its state.</summary>
    public DateTimeOffset ChangedAt { get; }

    /// <summary>The public point, as a JWK writes it (RFC 7518 section 6.2.1).</summary>
    public string X { get; }

    public string Y { get; }

    /// <summary>The private key, for whoever signs with the ring.</summary>
    public SigningCredentials Credentials { get; }
}
