using Breakwater.Oci;

namespace Breakwater.Core.Keys;

/// <summary>A key-encryption key cannot be used; nothing that it protects can be read or written.</summary>
public sealed class KeyUnavailableException(string message, Exception? inner = null, KeyFailure failure = KeyFailure.Damaged) : Exception(message, inner)
{
    public KeyFailure Failure { get; } = failure;

    /// <summary>Whether it is what the key store says or does not say, which may change; else something is not what it was.</summary>
    public bool IsOfTheStore => Failure is KeyFailure.Refused or KeyFailure.Unreachable;

    /// <summary>What a client reads: whose matter it is, and nothing about the key store.</summary>
    public OciException ToOciException() => Failure == KeyFailure.Refused
        ? new OciException(OciErrors.Denied, "The registry is inactive: its customer-managed key is not available. Its key store refuses it: the key is disabled or deleted, or the right to use it was taken away. Nothing is lost; give it back, and the registry works again.", inner: this)
        : new OciException(OciErrors.Unavailable, Failure == KeyFailure.Unreachable ? "The registry's key store gives no answer. Nothing is lost; try again later." : null, inner: this);

    public static KeyUnavailableException Refused(string message, Exception? inner = null) => new(message, inner, KeyFailure.Refused);

    public static KeyUnavailableException Unreachable(string message, Exception? inner = null) => new(message, inner, KeyFailure.Unreachable);
}
