using System.Buffers;
using Breakwater.Oci;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Distribution;

/// <summary>How much of a body is read: a manifest whole and bounded, a blob as a stream without a bound.</summary>
internal static class RequestBody
{
    // Kestrel refuses beyond this; up to it the answer can say what the limit is.
    private const long ManifestHardLimit = 2L * ManifestParser.MaxSizeBytes;

    /// <exception cref="OciException"><c>ManifestTooLarge</c></exception>
    public static Task<byte[]> ReadManifestAsync(HttpContext context)
    {
        Limit(context, ManifestHardLimit);
        return ReadAsync(context, ManifestParser.MaxSizeBytes, OciErrors.ManifestTooLarge);
    }

    /// <summary>A body that fits the limit that every route has.</summary>
    /// <exception cref="OciException"><paramref name="tooLarge"/></exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, long maxSizeBytes, OciErrorCode tooLarge)
    {
        if (context.Request.ContentLength > maxSizeBytes)
            throw new OciException(tooLarge);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > maxSizeBytes)
                throw new OciException(tooLarge);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Upload routes alone take bodies of any length.</summary>
    public static void LiftLimit(HttpContext context) => Limit(context, null);

    private static void Limit(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = bytes;
    }
}
