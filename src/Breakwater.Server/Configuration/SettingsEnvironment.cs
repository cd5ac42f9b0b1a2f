namespace Breakwater.Server.Configuration;

/// <summary>The settings that stand in environment variables.</summary>
internal static class SettingsEnvironment
{
    public const string Prefix = "BREAKWATER_";

    /// <summary>Names the settings file.</summary>
    public const string ConfigVariable = Prefix + "CONFIG";

    // Kubernetes sets these by itself for a service that is called "breakwater"; the project's own tests and the command line set the others.
    private static readonly string[] Foreign = [Prefix + "SERVICE_", Prefix + "PORT_", Prefix + "TESTS_", Prefix + "CLI_", Prefix + "CONFIG_DIR"];

    /// <summary>Adds the values that are set; a variable with our prefix that is no setting is an error. An empty one counts as not set.</summary>
    public static void Read(IReadOnlyDictionary<string, string> variables, List<SettingSource> sources, List<SettingError> errors)
    {
        foreach (var (name, value) in variables.Where(IsOurs).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (SettingKeys.FindVariable(name) is not { } key)
                errors.Add(new(name, null, "environment", "There is no such setting.", Suggestion.For(name, SettingKeys.All.Select(k => k.Variable), "Remove the variable")));
            else if (value.Length > 0)
                sources.Add(new(key, key.IsPath ? Path.GetFullPath(value) : value, $"environment {name}"));
        }
    }

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = entry.Value as string ?? "";
        return variables;
    }

    private static bool IsOurs(KeyValuePair<string, string> variable) =>
        variable.Key.StartsWith(Prefix, StringComparison.Ordinal)
        && variable.Key is not (ConfigVariable or Prefix + "PORT")
        && !Foreign.Any(prefix => variable.Key.StartsWith(prefix, StringComparison.Ordinal));
}
