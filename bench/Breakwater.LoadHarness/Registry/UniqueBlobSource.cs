using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Breakwater.LoadHarness.Registry;

/// <summary>
/// Makes unique random blobs of one size at almost no cost: the hash of the shared body is computed once and continued for each blob, so
/// the client's SHA-256 never limits a push. Safe for concurrent use.
/// </summary>
internal sealed class UniqueBlobSource
{
    private const int OwnBytes = 64;
    private static readonly ConcurrentDictionary<int, UniqueBlobSource> Sources = [];
    private readonly byte[] _shared;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Lock _gate = new();

    private UniqueBlobSource(int sizeBytes)
    {
        _shared = new byte[sizeBytes - OwnBytes];
        Random.Shared.NextBytes(_shared);
        _hash.AppendData(_shared);
    }

    /// <summary>The source of a size; one shared body per size and run.</summary>
    public static UniqueBlobSource OfSize(int sizeBytes) => Sources.GetOrAdd(sizeBytes, static size => new UniqueBlobSource(size));

    public UniqueBlob Next()
    {
        var own = RandomNumberGenerator.GetBytes(OwnBytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        lock (_gate)
        {
            using var hash = _hash.Clone();
            hash.AppendData(own);
            hash.GetHashAndReset(digest);
        }

        return new UniqueBlob(_shared, own, "sha256:" + Convert.ToHexStringLower(digest));
    }
}
