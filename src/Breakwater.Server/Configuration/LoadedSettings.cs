namespace Breakwater.Server.Configuration;

/// <summary>What came of reading all sources. With any error the settings must not be used.</summary>
/// <param name="Settings">The values in force.</param>
/// <param name="Origins">Where each key's value in force came from; keys at their default are absent.</param>
/// <param name="Errors">Everything that is wrong.</param>
internal sealed record LoadedSettings(ServerSettings Settings, IReadOnlyDictionary<SettingKey, string> Origins, IReadOnlyList<SettingError> Errors);
