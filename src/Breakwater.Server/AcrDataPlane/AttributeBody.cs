using System.Text.Json;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>
/// The body of a PATCH: a flat object of the four attributes, each true or false, each at most once. Anything else is refused whole: a misspelt lock that was
/// accepted would be none.
/// </summary>
internal static class AttributeBody
{
    private const int MaxSizeBytes = 64 << 10, MaxShownName = 64;

    private const string Known = "Use deleteEnabled, writeEnabled, readEnabled and listEnabled, each true or false.";

    /// <exception cref="OciException"><c>BadRequest</c> or <c>PayloadTooLarge</c></exception>
    public static async Task<ItemChange> ReadAsync(HttpContext context) =>
        Parse(await RequestBody.ReadAsync(context, MaxSizeBytes, OciErrors.PayloadTooLarge));

    public static ItemChange Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw Invalid("The body is not a JSON object.");
            var change = new ItemChange();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                change = Add(change, ref reader);
            reader.Read();
            return change;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is the reader's way to say that a name is no Unicode text.
            throw Invalid("The body is not valid JSON.", e);
        }
    }

    private static ItemChange Add(ItemChange change, ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        return name switch
        {
            "deleteEnabled" => change with { DeleteEnabled = Value(name, change.DeleteEnabled, ref reader) },
            "writeEnabled" => change with { WriteEnabled = Value(name, change.WriteEnabled, ref reader) },
            "readEnabled" => change with { ReadEnabled = Value(name, change.ReadEnabled, ref reader) },
            "listEnabled" => change with { ListEnabled = Value(name, change.ListEnabled, ref reader) },
            "quarantineState" or "quarantineDetails" => throw Invalid($"{name} cannot be set: this registry has no quarantine."),
            _ => throw Invalid($"'{(name.Length > MaxShownName ? name[..MaxShownName] : name)}' is not an attribute."),
        };
    }

    private static bool Value(string name, bool? before, ref Utf8JsonReader reader)
    {
        if (before is not null)
            throw Invalid($"{name} is given twice.");
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Invalid($"{name} is neither true nor false."),
        };
    }

    private static OciException Invalid(string problem, Exception? inner = null) => new(OciErrors.BadRequest, $"{problem} {Known} Nothing was changed.", inner: inner);
}
