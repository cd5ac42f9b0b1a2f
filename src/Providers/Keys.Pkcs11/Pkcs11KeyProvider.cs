using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Core.Keys;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>Keys in a hardware security module, or whatever else speaks PKCS#11: AES keys that never leave their token.</summary>
/// <remarks><code>wrapped = mechanism 4, big endian | what the mechanism gave</code></remarks>
public sealed class Pkcs11KeyProvider : IKeyProvider
{
    public const string Type = "pkcs11";

    private readonly KeyStoreEntry _entry;
    private readonly Pkcs11Options _options;
    private readonly Pkcs11Token _token;

    // What a key's token and flags let it do is found out once, by doing it: lists of mechanisms promise more than is kept.
    private readonly ConcurrentDictionary<(string Key, string Version), IKeyMechanism> _mechanisms = new();

    private Pkcs11KeyProvider(KeyStoreEntry entry, Pkcs11Options options)
    {
        _entry = entry;
        _options = options;
        _token = new Pkcs11Token(entry, options);
    }

    public string Name => _entry.Name;

    /// <summary>Nothing is asked of the token yet: it may be away while the server starts.</summary>
    /// <exception cref="JsonException">The options cannot be used.</exception>
    public static Pkcs11KeyProvider Open(KeyStoreEntry entry)
    {
        var options = entry.Read<Pkcs11Options>();
        return options.Sessions is >= 1 and <= 256 && options.Token.Length > 0 && Path.IsPathRooted(options.Library)
            ? new Pkcs11KeyProvider(entry, options)
            : throw new JsonException($"the options of '{entry.Name}' need an absolute library, a token, and 1 to 256 sessions.");
    }

    public KeyReference? TryParse(string identifier) => Pkcs11KeyUri.TryParse(identifier, _options.Token);

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken) => _token.RunAsync(
        session =>
        {
            var version = key.Version ?? Newest(session, key.Key);
            Find(session, key.Key, version);
            return Pkcs11KeyUri.Info(key.Key, version);
        },
        cancellationToken);

    public Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) => _token.RunAsync(
        session =>
        {
            var handle = Find(session, version.Key, version.Version);
            var mechanism = _mechanisms.GetOrAdd((version.Key, version.Version), _ => Choose(session, handle));
            var wrapped = mechanism.Wrap(session, handle, key.Span, context.Span);
            var bytes = new byte[4 + wrapped.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, mechanism.Id);
            wrapped.CopyTo(bytes, 4);
            return new WrappedKey(version.Key, version.Version, bytes);
        },
        cancellationToken);

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) => _token.RunAsync(
        session =>
        {
            var handle = Find(session, wrapped.Key, wrapped.KeyVersion);
            var mechanism = wrapped.Bytes.Length > 4 ? Mechanisms().FirstOrDefault(known => known.Id == BinaryPrimitives.ReadUInt32BigEndian(wrapped.Bytes)) : null;
            return mechanism?.Unwrap(session, handle, wrapped.Bytes.AsSpan(4), context.Span) ?? throw Damaged(null);
        },
        cancellationToken);

    private IKeyMechanism Choose(ISession session, IObjectHandle key)
    {
        Pkcs11Exception? why = null;
        foreach (var mechanism in Mechanisms())
        {
            try
            {
                Prove(session, key, mechanism);
                return mechanism;
            }
            catch (Pkcs11Exception e) when (!Pkcs11Failures.IsLostConnection(e.RV) || e.RV == CKR.CKR_GENERAL_ERROR)
            {
                why ??= e;
            }
            catch (KeyUnavailableException)
            {
                // It does something else under this name.
            }
        }
        throw KeyUnavailableException.Refused($"The key in the token of the key store '{Name}' can neither encrypt with AES-GCM nor wrap keys ({why?.RV}). Use a secret AES key of 256 bits with CKA_ENCRYPT and CKA_DECRYPT, or CKA_WRAP and CKA_UNWRAP.", why);
    }

    private static void Prove(ISession session, IObjectHandle key, IKeyMechanism mechanism)
    {
        byte[] context = [1, 2, 3], value = RandomNumberGenerator.GetBytes(32);
        var wrapped = mechanism.Wrap(session, key, value, context);
        if (!mechanism.Unwrap(session, key, wrapped, context).AsSpan().SequenceEqual(value))
            throw Damaged(null);
        try
        {
            mechanism.Unwrap(session, key, wrapped, [1, 2, 4]);
        }
        catch (Exception e) when (e is Pkcs11Exception or KeyUnavailableException)
        {
            return;
        }
        throw Damaged(null);
    }

    private IEnumerable<IKeyMechanism> Mechanisms() => [new AesGcmMechanism(_token.Factories), new AesKeyWrapMechanism(CKM.CKM_AES_KEY_WRAP, _token.Factories), new AesKeyWrapMechanism((CKM)0x210B, _token.Factories)];

    private string Newest(ISession session, string key)
    {
        var ids = FindAll(session, key, id: null).Select(handle => session.GetAttributeValue(handle, [CKA.CKA_ID])[0].GetValueAsByteArray()).Where(id => id is { Length: > 0 }).ToList();
        return ids.Count > 0 ? Convert.ToHexStringLower(ids.MaxBy(id => new BigInteger(id, isUnsigned: true, isBigEndian: true))!) : throw Absent(key);
    }

    private IObjectHandle Find(ISession session, string key, string version) => FindAll(session, key, Convert.FromHexString(version)) switch
    {
        [var only] => only,
        [] => throw Absent(key),
        _ => throw KeyUnavailableException.Refused($"The token of the key store '{Name}' has several keys with the label and the id of {key}. Give each an id of its own."),
    };

    private List<IObjectHandle> FindAll(ISession session, string key, byte[]? id)
    {
        var attributes = _token.Factories.ObjectAttributeFactory;
        List<IObjectAttribute> wanted =
            [attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY), attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_AES), attributes.Create(CKA.CKA_TOKEN, true), attributes.Create(CKA.CKA_LABEL, Pkcs11KeyUri.LabelOf(key))];
        if (id is not null)
            wanted.Add(attributes.Create(CKA.CKA_ID, id));
        return session.FindAllObjects(wanted);
    }

    private KeyUnavailableException Absent(string key)
    {
        _token.DemandThere();
        return KeyUnavailableException.Refused($"The token of the key store '{Name}' has no such AES key: {key}.");
    }

    internal static KeyUnavailableException Damaged(Exception? e) => new("A root key cannot be unwrapped: its row was changed, or the token holds another key under the same name. Restore one of them from a backup.", e);
}
