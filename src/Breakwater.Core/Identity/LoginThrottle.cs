using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Identity;

/// <summary>
/// Slows down guessing. An attempt takes a token from each of its buckets (source, name, both) and gets them back when it succeeds.
/// Whether the name exists makes no difference.
/// </summary>
/// <remarks>
/// The sum of failures over all sources must not lock a user out: with the name's bucket empty, each source is heard once a minute
/// instead of five times. What remains to a guesser with very many addresses is bounded by <see cref="HashingQueue"/>.
/// </remarks>
public sealed class LoginThrottle(LoginLimits limits, TimeProvider clock)
{
    internal const long MinuteMilliseconds = 60_000;

    // Buckets come into being only by attempts that get through, at most PerSource a minute and source.
    private const int MaxBuckets = 32_768;

    private readonly Lock _gate = new();
    private readonly RecentMap<UInt128, LoginBucket> _buckets = new(MaxBuckets);

    /// <summary>Null when the attempt must not be made; <paramref name="retryAfter"/> says when it may.</summary>
    internal LoginAttempt? TryBegin(string name, IPAddress source, out TimeSpan retryAfter)
    {
        var sourceBytes = Network(source);
        var nameBytes = Encoding.UTF8.GetBytes(name);
        lock (_gate)
        {
            var now = (long)clock.GetElapsedTime(0).TotalMilliseconds;
            var bySource = Bucket('s', sourceBytes, [], limits.PerSource, now);
            var byName = Bucket('n', [], nameBytes, limits.PerName, now);
            var byPair = Bucket('p', sourceBytes, nameBytes, limits.PerNameAndSource, now);
            var wait = Wait(bySource.Value, byName.Value, byPair.Value, now);
            retryAfter = TimeSpan.FromMilliseconds(wait);
            if (wait > 0)
                return null;
            var attempt = new LoginAttempt(bySource.Value, byName.Value, byPair.Value, byPair.Value.LastTaken);
            Take(bySource, now);
            Take(byName, now);
            Take(byPair, now);
            return attempt;
        }
    }

    internal void GiveBack(LoginAttempt attempt)
    {
        lock (_gate)
        {
            attempt.Source.GiveBack(null);
            attempt.Name.GiveBack(null);
            attempt.Pair.GiveBack(attempt.PairLastTaken);
        }
    }

    private static double Wait(LoginBucket bySource, LoginBucket byName, LoginBucket byPair, long now)
    {
        var wait = Math.Max(bySource.WaitMilliseconds(now), byPair.WaitMilliseconds(now));
        return byName.WaitMilliseconds(now) > 0 && byPair.LastTaken is { } last ? Math.Max(wait, last + MinuteMilliseconds - now) : wait;
    }

    // A new one is kept only when an attempt takes from it.
    private KeyValuePair<UInt128, LoginBucket> Bucket(char kind, ReadOnlySpan<byte> source, ReadOnlySpan<byte> name, int perMinute, long now)
    {
        var key = Key(kind, source, name);
        return new(key, _buckets.TryGet(key, out var bucket) ? bucket : new LoginBucket(perMinute, now));
    }

    private void Take(KeyValuePair<UInt128, LoginBucket> bucket, long now)
    {
        bucket.Value.Take(now);
        _buckets.Set(bucket.Key, bucket.Value);
    }

    // A digest, so that long names take no more memory than short ones and none can be made to collide.
    private static UInt128 Key(char kind, ReadOnlySpan<byte> source, ReadOnlySpan<byte> name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)kind, (byte)source.Length]);
        hash.AppendData(source);
        hash.AppendData(name);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>An IPv6 customer owns a /64 and can use each of its addresses once.</summary>
    private static byte[] Network(IPAddress source)
    {
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..8] : bytes;
    }
}
