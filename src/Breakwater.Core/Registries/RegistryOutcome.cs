namespace Breakwater.Core.Registries;

/// <summary>How an operation on a registry ended; with all but <see cref="Done"/> nothing was changed.</summary>
public enum RegistryOutcome
{
    Done,

    /// <summary>It is not there, or not any more.</summary>
    NotFound,

    /// <summary>Another registry, or a user of the directory, has the name.</summary>
    NameTaken,

    /// <summary>A deleted registry has the name until it is recovered or purged.</summary>
    NameDeleted,

    /// <summary>It answers on the plain address and cannot go.</summary>
    IsFirst,

    /// <summary>Its root keys were wrapped anew by somebody else meanwhile.</summary>
    KeyChanged,

    /// <summary>It is not at the revision that the caller has seen.</summary>
    RevisionDiffers,

    /// <summary>By its rules the address that was to stay admitted would not. Nothing was changed.</summary>
    LocksOutCaller,

    /// <summary>The same, since public access would be off.</summary>
    ClosesToCaller,
}
