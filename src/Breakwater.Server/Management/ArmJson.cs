using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>Reads and writes the JSON of the management plane.</summary>
internal static class ArmJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // A member that nothing reads is an error, not a setting that is silently ignored.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Needed by whoever describes the types before anything was written.
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    public static async Task WriteAsync(HttpContext context, object body, int status = StatusCodes.Status200OK)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Options);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <exception cref="OciException"><c>InvalidRequest</c>: not JSON, or not of this form; the message names the member.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class
    {
        // A page of another site can make a browser send a form or plain text with the user's credentials, but not this type.
        if (!context.Request.HasJsonContentType())
            throw new OciException(ManagementErrors.InvalidRequest, "The body is no JSON. Send it as application/json.");
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(Options, context.RequestAborted)
                ?? throw new OciException(ManagementErrors.InvalidRequest, "The body is null.");
        }
        catch (JsonException e)
        {
            throw new OciException(ManagementErrors.InvalidRequest, $"The body is not of the form expected here, at {e.Path ?? "$"}. Check the names and types of its members.", inner: e);
        }
    }
}
