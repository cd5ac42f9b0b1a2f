using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>
/// Signed addresses of blobs, by which a client that may pull fetches one from the data endpoint without showing its credentials again. An address opens one
/// digest in one repository, for minutes, and only while whoever it was given to may still pull there.
/// </summary>
/// <remarks>
/// <code>
/// query     = n=NAME &amp; r=REPOSITORY ID &amp; p=PRINCIPAL ID &amp; v=PRINCIPAL VERSION &amp; e=UNIX SECONDS &amp; s=SIGNATURE
/// signature = HMAC-SHA256(key of the registry, "bwk/data/1", "GET", registry id, security version, repository id, 
///             name, digest, principal id, version, seconds)
/// </code>
/// Each field that is signed stands behind its length, so that none can be mistaken for a part of its neighbour.
/// </remarks>
public sealed class DataAddresses(SecretBox box, RepositoryStore repositories, PrincipalDirectory directory, TimeProvider clock)
{
    /// <summary>Enough to follow a redirection; whoever is cut off asks the registry again.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <returns>The query of the address; null when there is no such repository.</returns>
    public async ValueTask<string?> SignAsync(RepositoryAccess access, Digest digest, CancellationToken cancellationToken)
    {
        access.Demand(RepositoryActions.Pull);
        if (await repositories.FindAsync(access) is not { } repository)
            return null;
        var address = new Fields(access.Registry, repository.Id, access.Repository, digest, access.Principal.Id, access.Principal.Version, (clock.GetUtcNow() + Life).ToUnixTimeSeconds());
        var signature = await SignatureAsync(address, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture,
            $"n={Uri.EscapeDataString(address.Name.Value)}&r={address.Repository:N}&p={address.Principal:N}&v={address.Version}&e={address.Seconds}&s={Base64Url.EncodeToString(signature)}");
    }

    /// <param name="registry">Whose data endpoint was asked.</param>
    /// <param name="digest">As the path names it.</param>
    /// <param name="query">The value of each parameter; null where it is not there once.</param>
    /// <returns>Null: it was not signed for this, it is over, or its holder may not pull there any more.</returns>
    public async ValueTask<OpenedAddress?> OpenAsync(Registry registry, string? digest, Func<string, string?> query, CancellationToken cancellationToken)
    {
        if (Read(registry, digest, query) is not { } address || DateTimeOffset.FromUnixTimeSeconds(address.Seconds) is var expires && expires <= clock.GetUtcNow())
            return null;
        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(query("s") ?? ""), given, out _, out var length) != OperationStatus.Done || length != given.Length)
            return null;
        var expected = await SignatureAsync(address, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(given, expected))
            return null;
        // Rights are those of today; an address is no way to keep them.
        if (directory.Find(address.Principal) is not { } holder || holder.Principal.Version != address.Version || !holder.Principal.IsKnownIn(registry.Id))
            return null;
        if (RepositoryAccess.Decide(holder.AsCaller, registry, address.Name, RepositoryActions.Pull) is not { } access || await repositories.FindAsync(access) is not { } repository)
            return null;
        return repository.Id == address.Repository ? new OpenedAddress(holder.AsCaller, access, address.Digest, DateTimeOffset.FromUnixTimeSeconds(address.Seconds)) : null;
    }

    private static Fields? Read(Registry registry, string? digest, Func<string, string?> query)
    {
        if (!Digest.TryParse(digest, out var named) || !RepositoryName.TryParse(query("n"), out var name)
            || !Guid.TryParseExact(query("r"), "N", out var repository) || !Guid.TryParseExact(query("p"), "N", out var principal)
            || !int.TryParse(query("v"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !long.TryParse(query("e"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }
        return new Fields(registry, repository, name, named, principal, version, seconds);
    }

    private async ValueTask<byte[]> SignatureAsync(Fields address, CancellationToken cancellationToken)
    {
        var key = await box.DeriveKeyAsync($"data-endpoint/{address.Registry.Id:N}", cancellationToken);
        try
        {
            return HMACSHA256.HashData(key, Message(address));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] Message(Fields address)
    {
        var message = new ArrayBufferWriter<byte>(512);
        Write(message, "bwk/data/1");
        Write(message, "GET");
        Write(message, address.Registry.Id.ToString("N"));
        // What ends every token of the registry ends these too.
        Write(message, address.Registry.SecurityVersion.ToString(CultureInfo.InvariantCulture));
        Write(message, address.Repository.ToString("N"));
        Write(message, address.Name.Value);
        Write(message, address.Digest.Value);
        Write(message, address.Principal.ToString("N"));
        Write(message, address.Version.ToString(CultureInfo.InvariantCulture));
        Write(message, address.Seconds.ToString(CultureInfo.InvariantCulture));
        return message.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> message, string field)
    {
        var span = message.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(field.Length));
        var length = Encoding.UTF8.GetBytes(field, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        message.Advance(sizeof(int) + length);
    }

    private sealed record Fields(Registry Registry, Guid Repository, RepositoryName Name, Digest Digest, Guid Principal, int Version, long Seconds);
}
