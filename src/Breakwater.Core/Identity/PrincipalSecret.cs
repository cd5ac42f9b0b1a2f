using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Identity;

/// <summary>One of the secrets of a service principal. Several may be valid at once, so that one can be replaced without an interruption.</summary>
internal sealed record PrincipalSecret
{
    public required Guid Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required byte[] Hash { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset? LastUsedAt { get; init; }

    public static byte[] HashOf(Secret secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()));

    public bool Is(ReadOnlySpan<byte> hash, DateTimeOffset now) => CryptographicOperations.FixedTimeEquals(Hash, hash) && now < ExpiresAt;
}
