namespace Breakwater.Core.Retention;

/// <summary>Why a purge left something in its place.</summary>
public enum KeepReason
{
    /// <summary>It, its manifest or its repository is locked.</summary>
    Locked,

    /// <summary>A rule makes the tag write-once.</summary>
    WriteOnce,

    /// <summary>It is a signature or an attestation of something that is there, or one that the registry's signing policy guards and the caller may not sign.</summary>
    Signature,

    /// <summary>It is one of the newest that were to be kept.</summary>
    Newest,

    /// <summary>An index that stays names it.</summary>
    Child,

    /// <summary>Something that stays refers to it.</summary>
    Subject,

    /// <summary>It refers to something that stays.</summary>
    Referrer,

    /// <summary>It was changed, or something came to need it, while the purge ran.</summary>
    Changed,
}
