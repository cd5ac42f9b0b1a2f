using System.Buffers;
using System.Text.Json;

namespace Breakwater.Server.Distribution;

/// <summary>A JSON object as the body.</summary>
internal static class JsonAnswer
{
    public static byte[] Render<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Names between the two ends of the object that holds them.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] before, ReadOnlyMemory<byte> names, byte[] after)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = before.Length + names.Length + after.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var body = context.Response.BodyWriter;
        body.Write(before);
        await body.WriteAsync(names, context.RequestAborted);
        await body.WriteAsync(after, context.RequestAborted);
    }

    public static async Task WriteAsync(HttpContext context, byte[] body, string contentType = "application/json")
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }
}
