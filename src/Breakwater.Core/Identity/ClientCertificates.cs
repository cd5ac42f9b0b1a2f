using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The certificates of service principals.</summary>
public sealed class ClientCertificates(IMetadataDatabase database, PrincipalDirectory directory)
{
    /// <summary>Certificates that one principal can have at a time.</summary>
    public const int MaxCertificates = 20;

    private const int MinRsaBits = 2048;

    private const string Columns = "id, name, certificate, starts_at, expires_at";

    /// <summary>Puts these in the place of all that there were; what was signed with those counts no more, and the principal's tokens end.</summary>
    /// <returns>False when there is no such service principal.</returns>
    /// <exception cref="InvalidValueException">One is no certificate, its key is too weak, or this is a managed identity; the message says what to do.</exception>
    public async Task<bool> ReplaceAsync(ManagementAccess access, Guid principalId, IReadOnlyList<ClientCertificate> certificates)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        if (certificates.Count > MaxCertificates)
            throw new InvalidValueException($"A service principal has at most {MaxCertificates} certificates.");
        foreach (var certificate in certificates)
            Require(certificate);
        var replaced = await database.WriteAsync(db =>
        {
            if (!PrincipalRows.Exists(db, "service_principal", principalId))
                return false;
            ManagedIdentities.Refuse(db, principalId);
            db.Execute("DELETE FROM service_principal_certificate WHERE principal_id = @principalId", new { principalId });
            foreach (var row in certificates)
            {
                db.Execute(
                    "INSERT INTO service_principal_certificate (id, principal_id, name, certificate, starts_at, expires_at) VALUES (@Id, @principalId, @Name, @Certificate, @StartsAt, @ExpiresAt)",
                    new { row.Id, principalId, row.Name, row.Certificate, row.StartsAt, row.ExpiresAt });
            }
            return db.Execute("UPDATE service_principal SET version = version + 1 WHERE id = @principalId", new { principalId }) > 0;
        });
        await directory.RefreshAsync(principalId);
        return replaced;
    }

    public Task<IReadOnlyList<ClientCertificate>> ListAsync(ManagementAccess access, Guid principalId)
    {
        access.Demand(ManagementActions.DirectoryRead);
        return OfAsync(principalId);
    }

    /// <summary>For the check of an assertion; nobody is shown them.</summary>
    internal async Task<IReadOnlyList<ClientCertificate>> OfAsync(Guid principalId) => (await database.ReadAsync(db => db.QueryAsync<ClientCertificate>(
        $"SELECT {Columns} FROM service_principal_certificate WHERE principal_id = @principalId ORDER BY id", new { principalId }))).AsList();

    /// <summary>Null for what is no certificate.</summary>
    public static X509Certificate2? TryLoad(ReadOnlySpan<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static void Require(ClientCertificate certificate)
    {
        using var parsed = TryLoad(certificate.Certificate) ?? throw new InvalidValueException("The key is no certificate. Send an X.509 certificate as DER in base64.");
        using var rsa = parsed.GetRSAPublicKey();
        using var ecdsa = parsed.GetECDsaPublicKey();
        if (rsa is { KeySize: < MinRsaBits } || (rsa is null && ecdsa is null))
            throw new InvalidValueException($"The certificate's key must be RSA with at least {MinRsaBits} bits, or ECDSA.");
    }
}
