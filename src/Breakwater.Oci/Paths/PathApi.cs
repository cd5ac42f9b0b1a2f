namespace Breakwater.Oci;

/// <summary>The interfaces whose paths hold a repository's name.</summary>
public enum PathApi
{
    /// <summary><c>/v2/</c></summary>
    Distribution,

    /// <summary><c>/acr/v1/</c></summary>
    AcrDataPlane,

    /// <summary><c>/acr/v1/_deleted/</c></summary>
    AcrDeleted,
}
