using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>Whether something is allowed, and why.</summary>
public sealed record AccessExplanation : OpenRecord
{
    public bool Allowed { get; init; }

    /// <summary>Each assignment and grant, with what it gives or why it does not.</summary>
    public IReadOnlyList<ConsideredRight> Considered { get; init; } = [];

    /// <summary>What stands in the way whatever is assigned.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];

    /// <summary>Roles of which one more would allow it, the least one first.</summary>
    public IReadOnlyList<string> WouldAllow { get; init; } = [];
}
