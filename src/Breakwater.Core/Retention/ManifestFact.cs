using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>What is asked about a manifest.</summary>
internal sealed record ManifestFact
{
    public string Digest { get; init; } = "";
    public string? Subject { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>See <see cref="LastUse"/>.</summary>
    public DateTimeOffset UsedAt { get; init; }

    public ItemLocks Locks { get; init; }
    public SignatureKind SignatureKind { get; init; }
}
