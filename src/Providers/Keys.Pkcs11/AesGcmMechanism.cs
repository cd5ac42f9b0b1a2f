using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>The token encrypts the root key with AES-GCM and authenticates the context.</summary>
/// <remarks><code>wrapped = nonce 12 | ciphertext | tag 16</code></remarks>
internal sealed class AesGcmMechanism(Pkcs11InteropFactories factories) : IKeyMechanism
{
    private const int NonceSize = 12, TagBits = 128;

    public uint Id => (uint)CKM.CKM_AES_GCM;

    public byte[] Wrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        using var parameters = Parameters(nonce, context);
        using var mechanism = factories.MechanismFactory.Create(CKM.CKM_AES_GCM, parameters);
        var copy = plain.ToArray();
        try
        {
            return [.. nonce, .. session.Encrypt(mechanism, key, copy)];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    public byte[] Unwrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context)
    {
        if (wrapped.Length <= NonceSize + TagBits / 8)
            throw Pkcs11KeyProvider.Damaged(null);
        using var parameters = Parameters(wrapped[..NonceSize].ToArray(), context);
        using var mechanism = factories.MechanismFactory.Create(CKM.CKM_AES_GCM, parameters);
        try
        {
            return Pinned(session.Decrypt(mechanism, key, wrapped[NonceSize..].ToArray()));
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_GENERAL_ERROR && session.GetAttributeValue(key, [CKA.CKA_ID]).Count == 1)
        {
            // SoftHSM says so of a tag that does not match, while the token itself goes on answering.
            throw Pkcs11KeyProvider.Damaged(e);
        }
    }

    // The library's own array moves with the collector; what it leaves behind is zeroed at once.
    private static byte[] Pinned(byte[] plain)
    {
        var pinned = GC.AllocateArray<byte>(plain.Length, pinned: true);
        plain.CopyTo(pinned, 0);
        CryptographicOperations.ZeroMemory(plain);
        return pinned;
    }

    private Net.Pkcs11Interop.HighLevelAPI.MechanismParams.ICkGcmParams Parameters(byte[] nonce, ReadOnlySpan<byte> context) =>
        factories.MechanismParamsFactory.CreateCkGcmParams(nonce, NonceSize * 8, context.ToArray(), TagBits);
}
