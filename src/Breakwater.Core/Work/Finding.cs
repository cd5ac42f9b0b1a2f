namespace Breakwater.Core.Work;

/// <summary>A broken invariant.</summary>
/// <param name="Invariant">Its name in <c>docs/operations.md</c>.</param>
public sealed record Finding(string Invariant, string Problem);
