namespace Breakwater.Core.Keys;

/// <summary>Why a key cannot be used: three answers that must not be taken for each other.</summary>
public enum KeyFailure
{
    /// <summary>The key, or what it wrapped, is not what it was: another key, or a row that was changed. Nothing but a backup helps.</summary>
    Damaged,

    /// <summary>The key store said no: the key is disabled, deleted, expired, or the right to it was taken away. Whoever owns the key decides.</summary>
    Refused,

    /// <summary>The key store gave no answer. It says nothing about the key.</summary>
    Unreachable,
}
