namespace Breakwater.Core.Work;

public enum ReviewOutcome
{
    /// <summary>No manifest refers to it and no lease holds it.</summary>
    Remove,

    /// <summary>A manifest refers to it; it comes back to the queue when that changes.</summary>
    Referenced,

    /// <summary>It was pushed, mounted or found a short while ago.</summary>
    Leased,

    /// <summary>Not due yet.</summary>
    Waiting,
}
