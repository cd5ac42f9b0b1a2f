using Breakwater.Core.Repositories;

namespace Breakwater.Core.Manifests;

/// <summary>The part of a row of <c>manifest</c> that a pull needs.</summary>
internal sealed record ManifestBodyRow
{
    public string MediaType { get; init; } = "";

    public Guid BodyId { get; init; }

    public int Epoch { get; init; }

    public byte[] Body { get; init; } = [];

    public ItemLocks Locks { get; init; }
}
