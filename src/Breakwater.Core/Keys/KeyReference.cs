namespace Breakwater.Core.Keys;

/// <summary>A key-encryption key as somebody named it.</summary>
/// <param name="Key">Its identifier without a version, in the one form that rows and rules use.</param>
/// <param name="Version">Null: the newest, also of those to come.</param>
public sealed record KeyReference(string Key, string? Version);
