namespace Breakwater.Core.Retention;

/// <summary>What a purge was about and left in its place.</summary>
/// <param name="Tag">Null: the manifest itself.</param>
public sealed record KeptItem(string Repository, string? Tag, string Digest, KeepReason Reason);
