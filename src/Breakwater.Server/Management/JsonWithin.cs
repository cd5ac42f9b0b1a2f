using System.Text.Json;

namespace Breakwater.Server.Management;

/// <summary>Whether what a client sends says nothing but what is the case anyway.</summary>
internal static class JsonWithin
{
    /// <summary>Members may be left out or null, and empty lists stand for none; texts are compared without regard to case, as ARM does.</summary>
    public static bool Is(JsonElement given, JsonElement actual) => given.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Object => actual.ValueKind == JsonValueKind.Object && given.EnumerateObject().All(member => actual.TryGetProperty(member.Name, out var value) ? Is(member.Value, value) : SaysNothing(member.Value)),
        JsonValueKind.Array => given.GetArrayLength() == 0 && (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() == 0),
        JsonValueKind.String => actual.ValueKind == JsonValueKind.String && string.Equals(given.GetString(), actual.GetString(), StringComparison.OrdinalIgnoreCase),
        _ => given.ValueKind == actual.ValueKind && given.GetRawText() == actual.GetRawText(),
    };

    private static bool SaysNothing(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
