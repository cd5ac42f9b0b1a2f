namespace Breakwater.Client.Content;

/// <summary>What may be done to a repository, a tag or a manifest. In a change, null leaves one as it is.</summary>
public sealed record ChangeableAttributes(bool? DeleteEnabled = null, bool? WriteEnabled = null, bool? ReadEnabled = null, bool? ListEnabled = null);
