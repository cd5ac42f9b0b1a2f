using System.Security.Cryptography;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Audit;

/// <summary>
/// Keeps the key of the checkpoints. That a key is ours is known by its private half, which only the installation's root key opens: a
/// foreign key in the table, and a chain signed anew with it, prove nothing.
/// </summary>
internal sealed class AuditKeys(IMetadataDatabase database, SecretBox box, Guid installationId, TimeProvider clock)
{
    private const string Purpose = "audit_key.private_key";

    /// <summary>The one that signs; made when there is none that is ours.</summary>
    public async Task<AuditKey> GetAsync(CancellationToken cancellationToken)
    {
        var keys = await OpenAllAsync(cancellationToken);
        return keys.Count > 0 ? keys[^1] : await CreateAsync(cancellationToken);
    }

    /// <summary>Those that are ours, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditKey>> OpenAllAsync(CancellationToken cancellationToken)
    {
        var keys = new List<AuditKey>();
        foreach (var row in await database.ReadAsync(db => db.QueryAsync<Row>("SELECT id, public_key, private_key FROM audit_key ORDER BY created_at, id")))
        {
            if (await TryOpenAsync(row, cancellationToken) is { } key)
                keys.Add(key);
        }
        return keys;
    }

    private async Task<AuditKey> CreateAsync(CancellationToken cancellationToken)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.NewGuid();
        var plain = key.ExportPkcs8PrivateKey();
        var sealedKey = await box.SealAsync(Purpose, id, plain, cancellationToken);
        CryptographicOperations.ZeroMemory(plain);
        var made = new AuditKey(id, key, installationId);
        await database.WriteAsync(db => db.Execute(
            "INSERT INTO audit_key (id, public_key, private_key, created_at) VALUES (@id, @PublicKey, @sealedKey, @now)",
            new { id, made.PublicKey, sealedKey, now = clock.GetUtcNow() }));
        return made;
    }

    private async Task<AuditKey?> TryOpenAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            var plain = await box.OpenAsync(Purpose, row.Id, row.PrivateKey, cancellationToken);
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(plain, out _);
            CryptographicOperations.ZeroMemory(plain);
            return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(row.PublicKey) ? new AuditKey(row.Id, key, installationId) : null;
        }
        catch (Exception e) when (e is CryptographicException or KeyUnavailableException)
        {
            // Not ours, so its checkpoints are not either: verification says so.
            return null;
        }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public byte[] PublicKey { get; init; } = [];
        public byte[] PrivateKey { get; init; } = [];
    }
}
