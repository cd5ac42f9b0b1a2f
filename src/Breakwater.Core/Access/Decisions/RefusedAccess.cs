namespace Breakwater.Core.Access.Decisions;

/// <summary>A refusal as it is remembered. The explanation is made only when somebody reads it.</summary>
/// <param name="Id">Random; stands in the answer.</param>
/// <param name="Obstacle">The lock or policy that refused; null: rights did.</param>
public sealed record RefusedAccess(Guid Id, DateTimeOffset At, AccessQuestion Question, ContentObstacle? Obstacle);
