using Breakwater.Oci;

namespace Breakwater.Core.SoftDelete;

/// <summary>Rows of the error table that restores end with.</summary>
public static class RestoreErrors
{
    private const string Acr = "Azure Container Registry, /acr/v1/_deleted";

    /// <summary>409, which az tells as a conflict.</summary>
    public static readonly OciErrorCode TagInUse = new("TAG_IN_USE", 409, "A tag means another manifest now. Restore with force to move it, or under another tag.", Acr);

    public static readonly OciErrorCode SubjectDeleted = new("SUBJECT_DELETED", 409, "What the manifest refers to is deleted too. Restore that first.", Acr);
}
