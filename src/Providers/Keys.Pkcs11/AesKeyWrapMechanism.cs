using System.Buffers.Binary;
using System.Security.Cryptography;
using Breakwater.Core.Keys;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>For tokens that only wrap keys (RFC 3394 or 5649): the token wraps an inner key, which seals the root key with the context.</summary>
/// <remarks><code>wrapped = length of the inner key, wrapped 2 | inner key, wrapped | BoundSeal of the root key</code></remarks>
internal sealed class AesKeyWrapMechanism(CKM mechanism, Pkcs11InteropFactories factories) : IKeyMechanism
{
    private const int InnerSize = 32;

    public uint Id => (uint)mechanism;

    public byte[] Wrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var inner = RandomNumberGenerator.GetBytes(InnerSize);
        var handle = session.CreateObject(Template(inner));
        try
        {
            using var how = factories.MechanismFactory.Create(mechanism);
            var wrapped = session.WrapKey(how, key, handle);
            var head = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(head, checked((ushort)wrapped.Length));
            return [.. head, .. wrapped, .. BoundSeal.Seal(inner, plain, context)];
        }
        finally
        {
            session.DestroyObject(handle);
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    public byte[] Unwrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context)
    {
        if (wrapped.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(wrapped) is var length && wrapped.Length < 2 + length)
            throw Pkcs11KeyProvider.Damaged(null);
        using var how = factories.MechanismFactory.Create(mechanism);
        var handle = session.UnwrapKey(how, key, wrapped.Slice(2, length).ToArray(), Template(value: null));
        var inner = session.GetAttributeValue(handle, [CKA.CKA_VALUE])[0].GetValueAsByteArray();
        try
        {
            return BoundSeal.Open(inner, wrapped[(2 + length)..], context);
        }
        catch (CryptographicException e)
        {
            throw Pkcs11KeyProvider.Damaged(e);
        }
        finally
        {
            session.DestroyObject(handle);
            CryptographicOperations.ZeroMemory(inner);
        }
    }

    // An object of the session: it is gone with it, and never on the token.
    private List<IObjectAttribute> Template(byte[]? value)
    {
        var attributes = factories.ObjectAttributeFactory;
        List<IObjectAttribute> template =
        [
            attributes.Create(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY), attributes.Create(CKA.CKA_KEY_TYPE, CKK.CKK_GENERIC_SECRET), attributes.Create(CKA.CKA_TOKEN, false),
            attributes.Create(CKA.CKA_SENSITIVE, false), attributes.Create(CKA.CKA_EXTRACTABLE, true),
        ];
        if (value is not null)
            template.Add(attributes.Create(CKA.CKA_VALUE, value));
        return template;
    }
}
