namespace Breakwater.Core.Audit;

/// <summary>An element of the log's queue; a struct, so that a pull allocates its record and nothing else.</summary>
/// <param name="Record">Null for who only waits until all before is written.</param>
/// <param name="Waiting">Completed when it is durable.</param>
/// <param name="Change">The pending change whose outcome it is.</param>
internal readonly record struct AuditEntry(AuditRecord? Record, TaskCompletionSource? Waiting = null, Guid? Change = null);
