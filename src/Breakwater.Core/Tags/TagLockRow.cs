using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Tags;

/// <summary>A tag's locks with those of the manifest that it means, and what that is: a lock of a manifest holds for its tags too.</summary>
internal sealed record TagLockRow
{
    public string Digest { get; init; } = "";

    public ItemLocks Locks { get; init; }

    /// <summary>Null for one that was set before ids were kept.</summary>
    public Guid? Id { get; init; }

    public ItemLocks ManifestLocks { get; init; }

    /// <summary>Of the manifest.</summary>
    public SignatureKind SignatureKind { get; init; }
}
