namespace Breakwater.Server.Configuration;

/// <summary>Brings flags, environment, file and defaults together.</summary>
internal static class SettingsLoader
{
    public const string DefaultFileName = "breakwater.json";

    /// <param name="flags">The flags given, in their order.</param>
    /// <param name="configFile">The file that <c>--config</c> names, or null.</param>
    /// <param name="variables">The environment.</param>
    public static LoadedSettings Load(IReadOnlyList<SettingSource> flags, string? configFile, IReadOnlyDictionary<string, string> variables)
    {
        var errors = new List<SettingError>();
        var environment = new List<SettingSource>();
        SettingsEnvironment.Read(variables, environment, errors);

        var file = new List<SettingSource>();
        FindFile(configFile, variables, [.. environment, .. flags])?.Read(file, errors);

        var settings = new ServerSettings();
        var origins = new Dictionary<SettingKey, string>();
        // The weakest first: a later one replaces it. A bad value is an error even where a stronger one replaces it.
        foreach (var source in file.Concat(environment).Concat(flags))
        {
            settings = Apply(settings, source, errors);
            origins[source.Key] = source.Origin;
        }
        return new(settings, origins, errors);
    }

    private static ServerSettings Apply(ServerSettings settings, SettingSource source, List<SettingError> errors)
    {
        try
        {
            return source.Key.Apply(settings, source.Text);
        }
        catch (FormatException problem)
        {
            errors.Add(SettingError.For(source, problem.Message));
            return settings;
        }
    }

    private static SettingsFile? FindFile(string? configFile, IReadOnlyDictionary<string, string> variables, List<SettingSource> known)
    {
        if (configFile is null && variables.GetValueOrDefault(SettingsEnvironment.ConfigVariable) is { Length: > 0 } fromEnvironment)
            configFile = fromEnvironment;
        if (configFile is not null)
            return new(Path.GetFullPath(configFile), foundThroughData: false);

        var data = known.LastOrDefault(source => source.Key.Name == "data")?.Text ?? new ServerSettings().Data;
        var beside = Path.Combine(data, DefaultFileName);
        return File.Exists(beside) ? new(beside, foundThroughData: true) : null;
    }
}
