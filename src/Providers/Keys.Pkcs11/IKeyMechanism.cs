using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>A way in which a token wraps a root key together with a context.</summary>
internal interface IKeyMechanism
{
    /// <summary>Stands before what it wrapped.</summary>
    uint Id { get; }

    byte[] Wrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context);

    byte[] Unwrap(ISession session, IObjectHandle key, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> context);
}
