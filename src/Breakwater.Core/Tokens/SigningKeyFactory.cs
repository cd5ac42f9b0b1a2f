using System.Security.Cryptography;
using Breakwater.Core.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>Makes signing keys, seals them for their row, and opens them again.</summary>
internal sealed class SigningKeyFactory(SecretBox box)
{
    private const string Purpose = "signing_key.private_key";

    public async Task<SigningKeyRow> CreateAsync(SigningKeyState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.NewGuid();
        var plain = ecdsa.ExportPkcs8PrivateKey();
        var row = new SigningKeyRow
        {
            Id = id,
            KeyId = Thumbprint(ecdsa),
            State = (int)state,
            PrivateKey = await box.SealAsync(Purpose, id, plain, cancellationToken),
            ChangedAt = now,
        };
        CryptographicOperations.ZeroMemory(plain);
        return row;
    }

    /// <exception cref="CryptographicException">The row was changed, or belongs to another installation.</exception>
    public async Task<SigningKey> OpenAsync(SigningKeyRow row, CancellationToken cancellationToken)
    {
        var plain = await box.OpenAsync(Purpose, row.Id, row.PrivateKey, cancellationToken);
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(plain, out _);
        CryptographicOperations.ZeroMemory(plain);
        return new SigningKey(new ECDsaSecurityKey(ecdsa) { KeyId = Thumbprint(ecdsa) }, (SigningKeyState)row.State, row.ChangedAt);
    }

    private static string Thumbprint(ECDsa ecdsa) =>
        Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ecdsa)).ComputeJwkThumbprint());
}
