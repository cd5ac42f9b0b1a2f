using System.Security.Cryptography;

namespace Breakwater.Core.Audit;

/// <summary>The key (P-256) that signs the checkpoints of one installation.</summary>
internal sealed class AuditKey(Guid id, ECDsa key, Guid installationId)
{
    public Guid Id => id;

    public byte[] PublicKey { get; } = key.ExportSubjectPublicKeyInfo();

    public AuditCheckpoint Sign(CheckpointKind kind, ChainLink link, DateTimeOffset now)
    {
        // As it will be read again.
        var time = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new AuditCheckpoint
        {
            Kind = kind,
            Sequence = link.Sequence,
            Time = time,
            Hash = link.Hash.ToArray(),
            KeyId = id,
            Signature = key.SignData(AuditCheckpoint.Statement(installationId, kind, link.Sequence, time, link.Hash.Span), HashAlgorithmName.SHA256),
        };
    }

    public bool IsSigned(AuditCheckpoint checkpoint) => checkpoint.KeyId == id && key.VerifyData(
        AuditCheckpoint.Statement(installationId, checkpoint.Kind, checkpoint.Sequence, checkpoint.Time, checkpoint.Hash), checkpoint.Signature, HashAlgorithmName.SHA256);
}
