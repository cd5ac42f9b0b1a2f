namespace Breakwater.Server.Configuration;

/// <summary>A row of the settings table: one name, from which flag, environment variable and file key derive.</summary>
/// <param name="Group">The heading under which help lists it.</param>
/// <param name="Name">Lower case words with dashes; the key in the file.</param>
/// <param name="Value">What a value looks like, for help.</param>
/// <param name="Help">What it does, in one sentence.</param>
/// <param name="Remedy">What to write instead when the value is wrong.</param>
/// <param name="Apply">Sets the value; throws <see cref="FormatException"/> that says what is wrong.</param>
/// <param name="Show">The value in force, as it would be written.</param>
internal sealed record SettingKey(
    string Group,
    string Name,
    string Value,
    string Help,
    string Remedy,
    Func<ServerSettings, string, ServerSettings> Apply,
    Func<ServerSettings, string> Show)
{
    /// <summary>What help says about the default where the value itself would not do.</summary>
    public string? DefaultText { get; init; }

    /// <summary>The value is never printed.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Read from the environment only: a flag shows in the process list.</summary>
    public bool EnvironmentOnly { get; init; }

    /// <summary>The value names a file or folder. Relative ones start at the current folder, or at the settings file that names them.</summary>
    public bool IsPath { get; init; }

    /// <summary>The flag needs no value.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The subcommands take it too.</summary>
    public bool ForCommands { get; init; }

    public string Flag => "--" + Name;

    public string Variable { get; } = SettingsEnvironment.Prefix + Name.Replace('-', '_').ToUpperInvariant();
}
