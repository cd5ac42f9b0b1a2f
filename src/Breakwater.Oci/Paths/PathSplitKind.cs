namespace Breakwater.Oci;

public enum PathSplitKind
{
    /// <summary>Not of the repository API: some other route, or 404.</summary>
    NotRepository,

    /// <summary>A percent sequence other than an encoded slash or colon: 400, <see cref="OciErrors.RequestMalformed"/>.</summary>
    Malformed,

    /// <summary>400, <see cref="OciErrors.NameInvalid"/>.</summary>
    NameInvalid,

    Ok,
}
