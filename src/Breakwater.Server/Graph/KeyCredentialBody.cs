using System.Text.Json.Serialization;
using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Graph;

/// <summary>A certificate as Microsoft Graph's clients send it. https://learn.microsoft.com/graph/api/resources/keycredential</summary>
/// <param name="Key">DER in base64.</param>
/// <param name="CustomKeyIdentifier">Taken and not kept: the certificate is found by its key.</param>
internal sealed record KeyCredentialBody(
    [property: JsonPropertyName("@odata.type")] string? ODataType,
    string? Key,
    Guid? KeyId,
    string? Type,
    string? Usage,
    string? DisplayName,
    string? CustomKeyIdentifier,
    DateTimeOffset? StartDateTime,
    DateTimeOffset? EndDateTime)
{
    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public ClientCertificate ToCertificate(DateTimeOffset now)
    {
        if (Type is not (null or "AsymmetricX509Cert") || Usage is not (null or "Verify"))
            throw new OciException(ManagementErrors.InvalidRequest, "A key credential's type must be AsymmetricX509Cert and its usage Verify.");
        var bytes = new byte[(Key?.Length ?? 0) * 3 / 4];
        if (string.IsNullOrEmpty(Key) || !Convert.TryFromBase64String(Key, bytes, out var length))
            throw new OciException(ManagementErrors.InvalidRequest, "A key credential needs its key: the certificate as DER in base64.");
        using var parsed = ClientCertificates.TryLoad(bytes.AsSpan(0, length))
            ?? throw new OciException(ManagementErrors.InvalidRequest, "The key is no certificate. Send an X.509 certificate as DER in base64.");
        var (notBefore, notAfter) = (new DateTimeOffset(parsed.NotBefore.ToUniversalTime()), new DateTimeOffset(parsed.NotAfter.ToUniversalTime()));
        // A certificate counts while both the credential and itself are valid.
        var (startsAt, expiresAt) = (StartDateTime > notBefore ? StartDateTime.Value : notBefore, EndDateTime < notAfter ? EndDateTime.Value : notAfter);
        if (expiresAt <= now)
            throw new OciException(ManagementErrors.InvalidRequest, "The certificate has expired. Send one that is valid.");
        return new ClientCertificate { Id = KeyId ?? Guid.NewGuid(), Name = DisplayName ?? "", Certificate = parsed.RawData, StartsAt = startsAt, ExpiresAt = expiresAt };
    }

    public static object Render(ClientCertificate certificate) => new
    {
        keyId = certificate.Id,
        type = "AsymmetricX509Cert",
        usage = "Verify",
        displayName = certificate.Name,
        customKeyIdentifier = ThumbprintOf(certificate),
        startDateTime = certificate.StartsAt,
        endDateTime = certificate.ExpiresAt,
    };

    private static string? ThumbprintOf(ClientCertificate certificate)
    {
        using var parsed = ClientCertificates.TryLoad(certificate.Certificate);
        return parsed?.Thumbprint;
    }
}
