using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>
/// Rows of the error table that imports end with. Whatever is wrong at the source is a 400: tools repeat requests that were answered in the 500s, and
/// the import has tried again by itself.
/// </summary>
public static class ImportErrors
{
    private const string Acr = "Azure Container Registry, importImage";

    public static readonly OciErrorCode Conflict = new("Conflict", 409, "A tag already exists in the target registry. Use mode Force to move it.", Acr);

    /// <summary>One answer for what is not there and for what the caller may not pull.</summary>
    public static readonly OciErrorCode SourceNotFound = new("ImportSourceNotFound", 404, "The source has no such image, or you may not pull it there.", Acr);

    public static readonly OciErrorCode SourceUnauthorized = new("ImportSourceUnauthorized", 400, "The source refused the credentials, or asks for some. Give source.credentials that may pull the image.", Acr);

    public static readonly OciErrorCode SourceUnreachable = new("ImportSourceUnreachable", 400, "The source could not be reached.", Acr);

    public static readonly OciErrorCode SourceInvalid = new("ImportSourceInvalid", 400, "What the source sent is not what it was asked for.", Acr);

    public static readonly OciErrorCode TooLarge = new("ImportTooLarge", 400, "The image has more parts than one import takes.", Acr);

    public static readonly OciErrorCode Canceled = new("ImportCanceled", 409, "The import was ended before it was done. What arrived stays; run it again to go on.", Acr);

    internal static OciException TagExists(RepositoryName repository, TagName tag) => new(Conflict, $"Tag {repository}:{tag} already exists in target registry.");
}
