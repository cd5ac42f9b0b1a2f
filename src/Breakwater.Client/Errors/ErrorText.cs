using System.Text.Json;

namespace Breakwater.Client.Errors;

/// <summary>
/// Code and message of an error's body, in any of the forms that the planes have: ARM's and Graph's <c>{"error":{"code","message"}}</c>, the
/// distribution specification's <c>{"errors":[{"code","message"}]}</c>, OAuth's <c>{"error","error_description"}</c> (RFC 6749, section 5.2).
/// </summary>
/// <param name="Code">Null when the body has none of the forms.</param>
public sealed record ErrorText(string? Code, string? Message)
{
    private const int MaxLength = 1000;

    public static ErrorText Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            return new ErrorText(null, null);
        }
    }

    private static ErrorText Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new ErrorText(null, null);
        if (root.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0)
            return Entry(list[0]);
        if (!root.TryGetProperty("error", out var error))
            return new ErrorText(null, null);
        return error.ValueKind == JsonValueKind.Object ? Entry(error) : new ErrorText(Text(error), Member(root, "error_description"));
    }

    private static ErrorText Entry(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object ? new ErrorText(Member(entry, "code"), Member(entry, "message")) : new ErrorText(null, null);

    private static string? Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? Text(value) : null;

    /// <summary>One line without control characters: it goes to a terminal.</summary>
    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
            return null;
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > MaxLength ? line[..MaxLength] + "…" : line;
    }
}
