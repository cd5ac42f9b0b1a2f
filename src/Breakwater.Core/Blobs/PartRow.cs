using Breakwater.Core.Storage;

namespace Breakwater.Core.Blobs;

/// <summary>A row of <c>object_part</c>.</summary>
internal sealed record PartRow
{
    public Guid ObjectId { get; init; }

    public Guid PartId { get; init; }

    public int Epoch { get; init; }

    public long SizeBytes { get; init; }

    /// <summary>All sealed objects of a content, in order.</summary>
    public static IReadOnlyList<SealedObject> Join(Guid registryId, ObjectRow item, IReadOnlyList<PartRow> following) =>
    [
        new SealedObject(registryId, item.Id, item.Epoch, item.SizeBytes - following.Sum(part => part.SizeBytes)),
        .. following.Select(part => new SealedObject(registryId, part.PartId, part.Epoch, part.SizeBytes)),
    ];
}
