namespace Breakwater.Server.Configuration;

/// <summary>Why the server cannot start with what it was given.</summary>
/// <param name="Key">The setting, or what was written where a setting was expected.</param>
/// <param name="Value">What it was set to; null when that does not matter or is secret.</param>
/// <param name="Origin">Where it was set; null when nowhere.</param>
/// <param name="Why">What is wrong, a sentence.</param>
/// <param name="Remedy">What to do, a sentence; empty when <paramref name="Why"/> says it.</param>
internal sealed record SettingError(string Key, string? Value, string? Origin, string Why, string Remedy)
{
    public static SettingError For(SettingSource source, string why) =>
        new(source.Key.Name, source.Key.IsSecret ? "***" : source.Text, source.Origin, why, source.Key.Remedy);

    public override string ToString()
    {
        var value = Value is null ? "" : $" = {Value}";
        var origin = Origin is null ? "" : $" ({Origin})";
        return $"{Key}{value}{origin}: {Why} {Remedy}".TrimEnd();
    }
}
