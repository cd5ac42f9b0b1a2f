using Breakwater.Oci;

namespace Breakwater.Server.Distribution;

/// <summary>The variable parts of a route, parsed. They were decoded once, before authorization.</summary>
internal static class RouteText
{
    /// <exception cref="OciException"><c>DigestInvalid</c></exception>
    public static Digest Digest(HttpContext context) => Oci.Digest.Parse(Value(context, "digest"));

    /// <exception cref="OciException"><c>DigestInvalid</c> or <c>TagInvalid</c></exception>
    public static ManifestReference Reference(HttpContext context) => ManifestReference.Parse(Value(context, "reference"));

    /// <exception cref="OciException"><c>TagInvalid</c></exception>
    public static TagName Tag(HttpContext context) => TagName.Parse(Value(context, "tag"));

    /// <exception cref="OciException"><c>BlobUploadUnknown</c>: no upload has such an id.</exception>
    public static Guid UploadId(HttpContext context) =>
        Guid.TryParseExact(Value(context, "id"), "N", out var id) ? id : throw new OciException(OciErrors.BlobUploadUnknown);

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
