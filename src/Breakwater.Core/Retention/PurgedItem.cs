namespace Breakwater.Core.Retention;

/// <summary>What was removed by a rule, or would be.</summary>
/// <param name="Tag">Null: the manifest itself.</param>
/// <param name="Digest">What the tag meant.</param>
public sealed record PurgedItem(string Repository, string? Tag, string Digest);
