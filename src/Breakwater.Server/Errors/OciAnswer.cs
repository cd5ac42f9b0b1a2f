using System.Globalization;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Management;
using Microsoft.Net.Http.Headers;

namespace Breakwater.Server.Errors;

/// <summary>Writes refusals: status and body, in the form of the plane that was spoken to. HEAD gets the headers only.</summary>
internal static class OciAnswer
{
    // What a handler may have set for the answer that it then could not give. Location and Content-Range stay: with 416 they tell where to go on.
    private static readonly string[] ContentHeaders =
    [
        HeaderNames.ContentLength, HeaderNames.ContentEncoding, HeaderNames.ContentDisposition, HeaderNames.AcceptRanges,
        HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.CacheControl, HeaderNames.Link,
        "Docker-Content-Digest", "OCI-Subject", "OCI-Tag", "OCI-Filters-Applied",
    ];

    public static Task WriteAsync(HttpContext context, OciErrorCode error, string? message = null, object? detail = null)
    {
        var response = context.Response;
        foreach (var name in ContentHeaders)
            response.Headers.Remove(name);
        // For the audit record.
        context.Features.Set(error);
        response.StatusCode = error.Status;
        response.ContentType = OciErrorBody.ContentType;
        message = DecisionHeader.Explain(context, message ?? error.Message);
        var body = ManagementPaths.Contain(context.Request.Path) ? ArmErrorBody.Serialize(error, message) : OciErrorBody.Serialize(error, message, detail);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>429. The answer is the same for names that exist and names that do not.</summary>
    public static Task WriteTooManyAsync(HttpContext context, TimeSpan retryAfter)
    {
        SetRetryAfter(context.Response, retryAfter);
        return WriteAsync(context, OciErrors.TooManyRequests);
    }

    public static void SetRetryAfter(HttpResponse response, TimeSpan retryAfter) =>
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
