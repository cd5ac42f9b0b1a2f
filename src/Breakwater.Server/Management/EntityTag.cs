using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>Revisions of a resource as entity tags, and the preconditions that name them (RFC 9110 sections 8.8.3 and 13.1).</summary>
internal static class EntityTag
{
    public static void Write(HttpContext context, int revision) => context.Response.Headers.ETag = $"\"{revision}\"";

    /// <returns>The revision that <c>If-Match</c> names; null when it names none or <c>*</c>.</returns>
    /// <exception cref="OciException"><c>PreconditionFailed</c>: it names what no revision has ever been.</exception>
    public static int? Expected(HttpContext context) => context.Request.Headers.IfMatch switch
    {
        [] or ["*"] => null,
        [['"', .. var text, '"']] when int.TryParse(text, out var revision) => revision,
        _ => throw new OciException(ManagementErrors.PreconditionFailed),
    };

    /// <summary>Whether <c>If-None-Match: *</c> asks for a new resource only.</summary>
    public static bool MustBeNew(HttpContext context) => context.Request.Headers.IfNoneMatch is ["*"];
}
