using System.Buffers.Binary;
using System.Security.Cryptography;
using Breakwater.Core.Keys;

namespace Breakwater.Core.Storage;

/// <summary>
/// Seals and opens the segments of one object: AES-256-GCM under a key of the object's own, nonce = prefix | segment number | last flag
/// (the streaming construction of Tink's AES-GCM-HKDF). The header is authenticated with the first segment.
/// </summary>
internal sealed class SegmentCipher : IDisposable
{
    private const int NonceSize = 12;

    private readonly AesGcm _aes;
    private readonly RootKey _root;
    private readonly byte[] _header;
    private bool _disposed;

    public SegmentCipher(RootKey root, byte[] header)
    {
        _header = header;
        _root = root;
        Span<byte> info = stackalloc byte[64];
        Span<byte> key = stackalloc byte[32];
        root.Derive(ObjectHeader.Salt(header), info[..ObjectHeader.WriteInfo(info, header)], key);
        _aes = new AesGcm(key, Segments.TagSize);
        CryptographicOperations.ZeroMemory(key);
        root.Enter();
    }

    public ReadOnlySpan<byte> Header => _header;

    /// <param name="target">Takes the ciphertext and the tag.</param>
    /// <exception cref="KeyUnavailableException">The root key was taken away since.</exception>
    public void Seal(long segment, bool last, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        _root.DemandThere();
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(nonce, segment, last);
        _aes.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, Segments.TagSize), AdditionalData(segment));
    }

    /// <returns>False when the segment is not what was sealed at this place; <paramref name="plain"/> is then zero.</returns>
    /// <exception cref="KeyUnavailableException">The root key was taken away since.</exception>
    public bool TryOpen(long segment, bool last, ReadOnlySpan<byte> sealedSegment, Span<byte> plain)
    {
        _root.DemandThere();
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(nonce, segment, last);
        try
        {
            _aes.Decrypt(nonce, sealedSegment[..^Segments.TagSize], sealedSegment[^Segments.TagSize..], plain, AdditionalData(segment));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plain.Clear();
            return false;
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _aes.Dispose();
        _root.Leave();
    }

    private ReadOnlySpan<byte> AdditionalData(long segment) => segment == 0 ? _header : [];

    private void Nonce(Span<byte> nonce, long segment, bool last)
    {
        ObjectHeader.NoncePrefix(_header).CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[ObjectHeader.NoncePrefixSize..], checked((uint)segment));
        nonce[NonceSize - 1] = last ? (byte)1 : (byte)0;
    }
}
