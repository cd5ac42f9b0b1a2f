using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>The part of a row of <c>manifest</c> that its deletion needs.</summary>
internal sealed record ManifestSizeRow
{
    public long SizeBytes { get; init; }

    public string MediaType { get; init; } = "";

    public ItemLocks Locks { get; init; }

    public SignatureKind SignatureKind { get; init; }
}
