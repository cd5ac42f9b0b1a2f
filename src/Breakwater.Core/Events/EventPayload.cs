using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Breakwater.Core.Events;

/// <summary>Writes events as they are sent.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference and
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
/// </remarks>
internal sealed record EventPayload(Guid Id, DateTimeOffset Time, string Source)
{
    private const string PushedType = "Microsoft.ContainerRegistry.ImagePushed", DeletedType = "Microsoft.ContainerRegistry.ImageDeleted", PingType = "Breakwater.Ping";
    private const int MaxUserAgent = 512;

    // It is sent as JSON and stands in no page: a plus need not be escaped.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string TimeText { get; } = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static string ContentType(PayloadFormat format) => format == PayloadFormat.CloudEvents ? "application/cloudevents+json; charset=utf-8" : "application/json";

    public byte[] Write(PayloadFormat format, RegistryEvent happened, EventRequest? request) => Write(
        format, happened.Action == WebhookActions.Push ? PushedType : DeletedType, happened.Subject, happened.Action, json =>
        {
            WriteTarget(json, happened);
            if (request is not null)
                WriteRequest(json, request);
        });

    public byte[] WritePing(PayloadFormat format) => Write(format, PingType, subject: null, WebhookActions.Ping, _ => { });

    private byte[] Write(PayloadFormat format, string type, string? subject, string action, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Json);
        json.WriteStartObject();
        if (format == PayloadFormat.CloudEvents)
        {
            WriteEnvelope(json, type, subject);
            json.WriteStartObject("data");
        }
        json.WriteString("id", $"{Id:D}");
        json.WriteString("timestamp", TimeText);
        json.WriteString("action", action);
        rest(json);
        json.WriteEndObject();
        if (format == PayloadFormat.CloudEvents)
            json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteEnvelope(Utf8JsonWriter json, string type, string? subject)
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", $"{Id:D}");
        json.WriteString("source", Source);
        json.WriteString("type", type);
        if (subject is not null)
            json.WriteString("subject", subject);
        json.WriteString("time", TimeText);
        json.WriteString("datacontenttype", "application/json");
    }

    private static void WriteTarget(Utf8JsonWriter json, RegistryEvent happened)
    {
        json.WriteStartObject("target");
        if (happened.MediaType is not null)
            json.WriteString("mediaType", happened.MediaType);
        if (happened.SizeBytes is { } size)
            json.WriteNumber("size", size);
        if (happened.Digest is not null)
            json.WriteString("digest", happened.Digest);
        if (happened.SizeBytes is { } length)
            json.WriteNumber("length", length);
        json.WriteString("repository", happened.Repository.Value);
        if (happened.Tag is not null)
            json.WriteString("tag", happened.Tag);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, EventRequest request)
    {
        json.WriteStartObject("request");
        json.WriteString("id", request.Id);
        json.WriteString("host", request.Host);
        json.WriteString("method", request.Method);
        if (request.UserAgent is { Length: > 0 } agent)
            json.WriteString("useragent", agent.AsSpan(0, Math.Min(agent.Length, MaxUserAgent)));
        json.WriteEndObject();
    }
}
