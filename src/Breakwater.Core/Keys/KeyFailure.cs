namespace Breakwater.Core.Keys;

/// <summary>Why a key cannot be used: answers that must not be taken for each other.</summary>
public enum KeyFailure
{
    /// <summary>What was wrapped is not what it was: the row was changed, or the key is another and nobody can tell. A backup of the database helps, or of the key.</summary>
    Damaged,

    /// <summary>The row is as it was written, so the key store has another key under the same name and version. A backup of the key helps.</summary>
    WrongKey,

    /// <summary>The key store said no: the key is disabled, deleted, expired, or the right to it was taken away. Whoever owns the key decides.</summary>
    Refused,

    /// <summary>The key store gave no answer. It says nothing about the key.</summary>
    Unreachable,
}
