namespace Breakwater.Server.Configuration;

/// <summary>A value that somebody gave: for which key, what, and where.</summary>
/// <param name="Key">The row of the table.</param>
/// <param name="Text">The value as written.</param>
/// <param name="Origin">Where it stood, in words that help to find it.</param>
internal sealed record SettingSource(SettingKey Key, string Text, string Origin);
