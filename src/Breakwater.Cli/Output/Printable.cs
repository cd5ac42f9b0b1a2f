namespace Breakwater.Cli.Output;

/// <summary>Text from elsewhere, harmless for a terminal: without control characters that would move, colour or type something.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        text.Any(IsHarmful) ? string.Concat(text.Select(c => IsHarmful(c) ? '\uFFFD' : c)) : text;

    private static bool IsHarmful(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
