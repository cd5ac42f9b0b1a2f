namespace Breakwater.Core.Audit;

/// <summary>A record in its place in the chain.</summary>
/// <param name="Sequence">1, 2, 3, … without gaps.</param>
/// <param name="Hash">Covers the record, its place and the hash before it.</param>
public sealed record ChainedRecord(long Sequence, AuditRecord Record, ReadOnlyMemory<byte> Hash);
