namespace Breakwater.Oci;

/// <summary>
/// The error table. The specification closes the list of codes for answers of the 400s, so a refusal that has no code of its own there
/// borrows the nearest one and is told apart by status and message. The exceptions: <c>PAGINATION_NUMBER_INVALID</c>, which clients know
/// from the Docker Registry API; what clients know from Azure Container Registry; and the answers of the 500s, whose codes the specification leaves open.
/// </summary>
public static class OciErrors
{
    private const string Codes = "Error Codes";

    public static readonly OciErrorCode BlobUnknown = new("BLOB_UNKNOWN", 404,
        "The blob is not in this repository.", $"{Codes}, code-1");

    public static readonly OciErrorCode BlobUploadInvalid = new("BLOB_UPLOAD_INVALID", 400,
        "The upload cannot be continued with this request. Ask for its status, or begin a new upload.", $"{Codes}, code-2");

    public static readonly OciErrorCode BlobUploadUnknown = new("BLOB_UPLOAD_UNKNOWN", 404,
        "There is no such upload in this repository. It may have ended or expired: begin a new one.", $"{Codes}, code-3");

    /// <summary>The specification has no code for a session that another request holds.</summary>
    public static readonly OciErrorCode BlobUploadBusy = new("BLOB_UPLOAD_INVALID", 409,
        "Another request is writing to this upload. Wait until it ends, then ask for the upload's status.", $"{Codes}, code-2");

    /// <summary>Chunks come in order; this one does not begin where the upload ends.</summary>
    public static readonly OciErrorCode RangeInvalid = new("BLOB_UPLOAD_INVALID", 416,
        "The chunk does not begin where the upload ends. Ask for the upload's status and continue from there.", "Pushing a blob in chunks");

    public static readonly OciErrorCode DigestInvalid = new("DIGEST_INVALID", 400,
        "The digest is not valid or does not match the content.", $"{Codes}, code-4");

    public static readonly OciErrorCode ManifestBlobUnknown = new("MANIFEST_BLOB_UNKNOWN", 400,
        "The manifest names content that is not in this repository. Push it first.", $"{Codes}, code-5");

    public static readonly OciErrorCode ManifestInvalid = new("MANIFEST_INVALID", 400,
        "The manifest is not valid.", $"{Codes}, code-6");

    /// <summary>The specification gives the status and no code; the code is that of a manifest that is not valid.</summary>
    public static readonly OciErrorCode ManifestTooLarge = new("MANIFEST_INVALID", 413,
        "The manifest is larger than 4 MiB.", "Pushing Manifests");

    public static readonly OciErrorCode ManifestUnknown = new("MANIFEST_UNKNOWN", 404,
        "The manifest is not in this repository.", $"{Codes}, code-7");

    /// <summary><c>TAG_INVALID</c> belongs to schema 1 and is not in the specification's list, so a bad tag is a bad manifest reference.</summary>
    public static readonly OciErrorCode TagInvalid = new("MANIFEST_INVALID", 400,
        "The tag is not valid. Use 1 to 128 letters, digits, '_', '.' and '-', beginning with a letter, a digit or '_'.", "Pulling manifests");

    public static readonly OciErrorCode NameInvalid = new("NAME_INVALID", 400,
        "The repository name is not valid. Use at most 255 lower-case letters and digits, with '.', '_', '__' or '-' between them, and '/' between parts.",
        $"{Codes}, code-8");

    public static readonly OciErrorCode NameUnknown = new("NAME_UNKNOWN", 404,
        "There is no such repository.", $"{Codes}, code-9");

    public static readonly OciErrorCode SizeInvalid = new("SIZE_INVALID", 400,
        "The length of the content is not the one that was announced.", $"{Codes}, code-10");

    /// <summary>The specification has no code for ranges; this one is about lengths too.</summary>
    public static readonly OciErrorCode RangeNotSatisfiable = new("SIZE_INVALID", 416,
        "The range lies outside the content.", "Pulling blobs; RFC 9110 section 15.5.17");

    public static readonly OciErrorCode PayloadTooLarge = new("SIZE_INVALID", 413,
        "The body is larger than this endpoint takes.", "RFC 9110 section 15.5.14");

    public static readonly OciErrorCode Unauthorized = new("UNAUTHORIZED", 401,
        "Sign in to use this registry.", $"{Codes}, code-11");

    public static readonly OciErrorCode Denied = new("DENIED", 403,
        "You have not the right to do this here.", $"{Codes}, code-12");

    public static readonly OciErrorCode Unsupported = new("UNSUPPORTED", 405,
        "The method is not allowed here.", $"{Codes}, code-13");

    /// <summary>What is not a route. Not NAME_UNKNOWN: no repository was looked for, and clients would report a missing one.</summary>
    public static readonly OciErrorCode NotFound = new("UNSUPPORTED", 404,
        "There is no such endpoint.", $"{Codes}, code-13");

    public static readonly OciErrorCode BadRequest = new("UNSUPPORTED", 400,
        "The request is not valid.", $"{Codes}, code-13");

    /// <summary>The request breaks HTTP's rules or the registry's stricter ones: path escapes, doubled headers, framing.</summary>
    public static readonly OciErrorCode RequestMalformed = new("UNSUPPORTED", 400,
        "The request is malformed. Percent-encode nothing in the path but '/' and ':', once, and send each header once.", "RFC 9110 section 15.5.1");

    public static readonly OciErrorCode PreconditionFailed = new("UNSUPPORTED", 412,
        "The content has changed: the request's condition does not hold.", "RFC 9110 section 15.5.13");

    public static readonly OciErrorCode MisdirectedRequest = new("UNSUPPORTED", 421,
        "No registry is served under this host name.", "RFC 9110 section 15.5.20");

    public static readonly OciErrorCode PaginationNumberInvalid = new("PAGINATION_NUMBER_INVALID", 400,
        "n is not valid. Use a whole number from 0 to 2147483647.", "Docker Registry HTTP API V2, Errors");

    /// <summary>Of <c>/acr/v1</c> alone: <c>/v2</c> says that the manifest is unknown.</summary>
    public static readonly OciErrorCode TagUnknown = new("TAG_UNKNOWN", 404,
        "The tag is not in this repository.", "Azure Container Registry, /acr/v1");

    /// <summary>
    /// A lock refuses. 405: az shows its message at once, while it sends a request that was answered 403 three times more; and HTTP
    /// has this status for what is "temporarily disabled by configuration" (RFC 9110 section 10.2.1).
    /// </summary>
    public static readonly OciErrorCode OperationDisallowed = new("REGISTRY_DISALLOWED_OPERATION", 405,
        "The operation is disallowed on this registry, repository or image. View troubleshooting steps at https://aka.ms/acr/faq/#why-does-my-pull-or-push-request-fail-with-disallowed-operation.",
        "Azure Container Registry, locks");

    public static readonly OciErrorCode TooManyRequests = new("TOOMANYREQUESTS", 429,
        "Too many requests. Wait as long as Retry-After says.", $"{Codes}, code-14");

    public static readonly OciErrorCode StorageFull = new("UNAVAILABLE", 503,
        "The registry's storage is full. Nothing was stored; try again when its operator has made space.", "RFC 9110 section 15.6.4");

    public static readonly OciErrorCode Unavailable = new("UNAVAILABLE", 503,
        "The registry cannot serve this now. Try again later.", "RFC 9110 section 15.6.4");

    public static readonly OciErrorCode Internal = new("UNKNOWN", 500,
        "The registry failed. Give its operator the correlation id of this answer.", "RFC 9110 section 15.6.1");

    /// <summary>Every row, in the order above.</summary>
    public static IReadOnlyList<OciErrorCode> All { get; } =
    [
        BlobUnknown, BlobUploadInvalid, BlobUploadUnknown, BlobUploadBusy, RangeInvalid, DigestInvalid, ManifestBlobUnknown,
        ManifestInvalid, ManifestTooLarge, ManifestUnknown, TagInvalid, NameInvalid, NameUnknown, SizeInvalid, RangeNotSatisfiable,
        PayloadTooLarge, Unauthorized, Denied, Unsupported, NotFound, BadRequest, RequestMalformed, PreconditionFailed,
        MisdirectedRequest, PaginationNumberInvalid, TagUnknown, OperationDisallowed, TooManyRequests, StorageFull, Unavailable, Internal,
    ];
}
