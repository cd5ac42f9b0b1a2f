namespace Breakwater.Core.Access.Decisions;

/// <summary>What stands in the way beside rights: a lock, or a policy of the registry about what it holds.</summary>
/// <param name="Kind"><c>lock</c>, <c>tagImmutabilityPolicy</c> or <c>signingPolicy</c>.</param>
/// <param name="On">What it protects, for instance <c>tag v1</c>.</param>
/// <param name="Reason">Which attribute or rule it is.</param>
/// <param name="Remedy">What would allow it.</param>
public sealed record ContentObstacle(string Kind, string On, string Reason, string Remedy);
