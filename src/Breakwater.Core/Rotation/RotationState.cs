namespace Breakwater.Core.Rotation;

/// <summary>How far a rotation has come. The numbers stand in the database.</summary>
public enum RotationState
{
    /// <summary>New content is under the new key; what was there is encrypted anew.</summary>
    ReEncrypting = 0,

    /// <summary>Nothing is under the old keys, and nothing may be stored under them; transfers that use them end.</summary>
    Closing = 1,

    /// <summary>The old keys are deleted, and still to be taken out of the database's journal.</summary>
    Destroying = 2,

    Done = 3,
}
