namespace Breakwater.Server.Distribution;

/// <summary>Headers that the distribution protocol adds to HTTP's.</summary>
internal static class HeaderNames
{
    public const string DockerContentDigest = "Docker-Content-Digest";
    public const string DockerUploadUuid = "Docker-Upload-UUID";
    public const string OciSubject = "OCI-Subject";
    public const string OciTag = "OCI-Tag";
    public const string OciFiltersApplied = "OCI-Filters-Applied";
}
