using Breakwater.Core.Keys;
using Net.Pkcs11Interop.Common;

namespace Breakwater.Keys.Pkcs11;

/// <summary>What a token's return values mean here.</summary>
internal static class Pkcs11Failures
{
    /// <summary>Whether a new connection may help.</summary>
    public static bool IsLostConnection(CKR value) => value is CKR.CKR_SESSION_HANDLE_INVALID or CKR.CKR_SESSION_CLOSED or CKR.CKR_CRYPTOKI_NOT_INITIALIZED or CKR.CKR_DEVICE_REMOVED
        or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_DEVICE_ERROR or CKR.CKR_USER_NOT_LOGGED_IN or CKR.CKR_SLOT_ID_INVALID or CKR.CKR_GENERAL_ERROR or CKR.CKR_FUNCTION_FAILED;

    public static KeyUnavailableException Explain(string store, Pkcs11Exception e) => e.RV switch
    {
        CKR.CKR_KEY_FUNCTION_NOT_PERMITTED or CKR.CKR_KEY_NOT_NEEDED or CKR.CKR_KEY_TYPE_INCONSISTENT or CKR.CKR_KEY_INDIGESTIBLE or CKR.CKR_ACTION_PROHIBITED or CKR.CKR_OBJECT_HANDLE_INVALID
            or CKR.CKR_KEY_HANDLE_INVALID or CKR.CKR_WRAPPING_KEY_HANDLE_INVALID or CKR.CKR_UNWRAPPING_KEY_HANDLE_INVALID =>
            KeyUnavailableException.Refused($"The token of the key store '{store}' does not let the key be used ({e.RV}).", e),
        CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_EXPIRED or CKR.CKR_PIN_LOCKED or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_USER_PIN_NOT_INITIALIZED or CKR.CKR_USER_TYPE_INVALID =>
            KeyUnavailableException.Refused($"The token of the key store '{store}' does not take the PIN ({e.RV}).", e),
        CKR.CKR_ENCRYPTED_DATA_INVALID or CKR.CKR_ENCRYPTED_DATA_LEN_RANGE or CKR.CKR_WRAPPED_KEY_INVALID or CKR.CKR_WRAPPED_KEY_LEN_RANGE =>
            new KeyUnavailableException($"A root key cannot be unwrapped by the key store '{store}': its row was changed, or the token holds another key under the same name ({e.RV}).", e),
        _ => KeyUnavailableException.Unreachable($"The token of the key store '{store}' cannot be used now ({e.RV}).", e),
    };
}
