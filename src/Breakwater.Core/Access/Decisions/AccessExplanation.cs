using System.Collections.Immutable;

namespace Breakwater.Core.Access.Decisions;

/// <summary>Why a question is answered as it is.</summary>
/// <param name="Considered">Each assignment and grant of the principal, and what it gives or why it does not.</param>
/// <param name="Obstacles">What stands in the way whatever is assigned: a disabled principal, a token for less.</param>
/// <param name="Allowed">Whether rights allow it and nothing of <paramref name="Content"/> stands in the way.</param>
/// <param name="WouldAllow">Names of built-in roles, of which one more at the registry would give the right to it; the least one first.</param>
/// <param name="Content">Locks and policies that forbid it, to everybody or to who lacks the right that they demand; null: whoever asks may not know.</param>
public sealed record AccessExplanation(
    bool Allowed, ImmutableArray<ConsideredRight> Considered, ImmutableArray<string> Obstacles, ImmutableArray<string> WouldAllow, ImmutableArray<ContentObstacle>? Content);
