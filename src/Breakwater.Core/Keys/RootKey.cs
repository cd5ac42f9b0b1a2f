using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Keys;

/// <summary>The root key of one owner (a registry, or the installation) and epoch. It encrypts nothing itself: keys are derived from it.</summary>
public sealed class RootKey
{
    public const int Size = 32;

    private readonly byte[] _key;
    private readonly Lock _use = new();
    private volatile KeyUnavailableException? _gone;
    private int _users;

    internal RootKey(Guid ownerId, int epoch, byte[] key)
    {
        OwnerId = ownerId;
        Epoch = epoch;
        _key = key;
    }

    public Guid OwnerId { get; }

    /// <summary>Counts from 1; new content is written under the highest.</summary>
    public int Epoch { get; }

    /// <summary>Whether readers or writers go on with keys derived from it.</summary>
    internal bool IsInUse => Volatile.Read(ref _users) > 0;

    /// <summary>HKDF-SHA256 (RFC 5869) with <paramref name="salt"/> and <paramref name="info"/>.</summary>
    /// <exception cref="KeyUnavailableException">The key was destroyed; without this check a late caller would go on with a key of zeros.</exception>
    public void Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> key)
    {
        lock (_use)
        {
            DemandThere();
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, key, salt, info);
        }
    }

    /// <summary>For who goes on with a key derived from this one: ends the work when this one was taken away.</summary>
    /// <exception cref="KeyUnavailableException">The key was zeroed since.</exception>
    internal void DemandThere()
    {
        if (_gone is { } reason)
            throw new KeyUnavailableException(reason.Message, reason, reason.Failure);
    }

    internal void Enter() => Interlocked.Increment(ref _users);

    internal void Leave() => Interlocked.Decrement(ref _users);

    /// <summary>A pinned copy, to be zeroed by the caller.</summary>
    internal byte[] Copy()
    {
        lock (_use)
        {
            DemandThere();
            var copy = GC.AllocateArray<byte>(Size, pinned: true);
            _key.CopyTo(copy, 0);
            return copy;
        }
    }

    /// <param name="reason">What late users are told; null: that it is no more.</param>
    internal void Zero(KeyUnavailableException? reason = null)
    {
        lock (_use)
        {
            _gone = reason ?? new KeyUnavailableException($"The root key of {OwnerId:N} was destroyed.");
            CryptographicOperations.ZeroMemory(_key);
        }
    }

    /// <summary>Tells a wrong key from a corrupt row: the first four bytes of HMAC-SHA256(key, "kcv").</summary>
    internal byte[] CheckValue() => HMACSHA256.HashData(_key, "kcv"u8)[..4];

    internal static byte[] Context(Guid ownerId, int epoch)
    {
        var context = new byte[8 + 16 + 4];
        Encoding.ASCII.GetBytes("bwk/rk/1", context);
        ownerId.TryWriteBytes(context.AsSpan(8));
        BinaryPrimitives.WriteInt32BigEndian(context.AsSpan(24), epoch);
        return context;
    }
}
