using System.Globalization;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Repositories;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>The pieces that all bodies of <c>/acr/v1</c> are made of.</summary>
internal static class AcrJson
{
    // As .NET's round-trip form: seven digits, whatever the clock has.
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    /// <summary>The registry by the host that the request came by, and the repository.</summary>
    public static void WriteOwner(Utf8JsonWriter json, HttpContext context, RepositoryAccess access)
    {
        json.WriteString("registry", context.Request.Host.Value);
        json.WriteString("imageName", access.Repository.Value);
    }

    public static void WriteTimes(Utf8JsonWriter json, DateTimeOffset created, DateTimeOffset updated)
    {
        WriteTime(json, "createdTime", created);
        WriteTime(json, "lastUpdateTime", updated);
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    /// <summary>Not ACR's; its clients pass over what they do not know. What never happened is absent.</summary>
    public static void WriteUse(Utf8JsonWriter json, long pulls, DateTimeOffset? pulled, DateTimeOffset? pushed)
    {
        json.WriteNumber("pullCount", pulls);
        if (pulled is { } lastPull)
            WriteTime(json, "lastPullTime", lastPull);
        if (pushed is { } lastPush)
            WriteTime(json, "lastPushTime", lastPush);
    }

    public static void WriteAttributes(Utf8JsonWriter json, ItemLocks locks)
    {
        json.WriteStartObject("changeableAttributes");
        json.WriteBoolean("deleteEnabled", !locks.HasFlag(ItemLocks.Delete));
        json.WriteBoolean("writeEnabled", !locks.HasFlag(ItemLocks.Write));
        json.WriteBoolean("readEnabled", !locks.HasFlag(ItemLocks.Read));
        json.WriteBoolean("listEnabled", !locks.HasFlag(ItemLocks.List));
        json.WriteEndObject();
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
