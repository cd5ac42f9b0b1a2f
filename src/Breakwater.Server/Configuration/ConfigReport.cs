using System.Text;

namespace Breakwater.Server.Configuration;

/// <summary>What <c>--print-config</c> prints: every key with its value in force and where that came from.</summary>
internal static class ConfigReport
{
    public static string Render(LoadedSettings loaded)
    {
        var rows = SettingKeys.All.Select(key => (
            key.Name,
            Value: key.Show(loaded.Settings),
            Origin: loaded.Origins.GetValueOrDefault(key, "default"))).ToList();
        var nameWidth = rows.Max(row => row.Name.Length);
        var valueWidth = rows.Max(row => row.Value.Length);
        var text = new StringBuilder();
        foreach (var (name, value, origin) in rows)
            text.Append(name.PadRight(nameWidth)).Append(" = ").Append(value.PadRight(valueWidth)).Append("  # ").Append(origin).Append('\n');
        return text.ToString();
    }
}
