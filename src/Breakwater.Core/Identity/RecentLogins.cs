using System.Buffers.Binary;
using System.Security.Cryptography;
using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>
/// Remembers for a minute which credentials were right, so that clients that send them with every request pay for one hashing. Holds no
/// password: the key is an HMAC under a key that never leaves the process.
/// </summary>
internal sealed class RecentLogins(UserDirectory directory, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private const int Capacity = 10_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly RecentMap<UInt128, Login> _logins = new(Capacity);

    /// <param name="credentials"><c>name:password</c> in UTF-8; no name holds a colon.</param>
    public UInt128 KeyOf(ReadOnlySpan<byte> credentials)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, credentials, mac);
        return BinaryPrimitives.ReadUInt128LittleEndian(mac);
    }

    /// <summary>Null when the credentials are not remembered, or their user has changed since.</summary>
    public Caller? Find(UInt128 key)
    {
        if (!_logins.TryGet(key, out var login))
            return null;
        if (clock.GetElapsedTime(login.Since) > Lifetime || directory.Find(login.UserId) is not { } entry || entry.Principal.Version != login.Version)
        {
            _logins.Remove(key);
            return null;
        }
        return entry.AsCaller;
    }

    public void Add(UInt128 key, Principal principal) => _logins.Set(key, new Login(principal.Id, principal.Version, clock.GetTimestamp()));

    private sealed record Login(Guid UserId, int Version, long Since);
}
