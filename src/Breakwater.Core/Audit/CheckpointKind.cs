namespace Breakwater.Core.Audit;

/// <summary>What a checkpoint is for. It is signed too: a kept one cannot be passed off as a start, which would hide all before it.</summary>
public enum CheckpointKind
{
    /// <summary>The last record. There is one, and it moves with every write, so that no record is ever without a signature over it.</summary>
    Head = 0,

    /// <summary>Stays where it is, so that a forged chain is found where it begins to differ.</summary>
    Kept = 1,

    /// <summary>The last record that retention took away: what is left begins behind it.</summary>
    Start = 2,
}
