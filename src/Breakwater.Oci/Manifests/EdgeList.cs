namespace Breakwater.Oci;

/// <summary>Collects edges in order, one per kind and digest. Of two that say different things the first stays, but content that must exist in one role must exist.</summary>
internal sealed class EdgeList
{
    private readonly Dictionary<(EdgeKind Kind, Digest Target), int> _indexes = [];

    internal List<ManifestEdge> Items { get; } = [];

    internal void Add(EdgeKind kind, Descriptor descriptor, bool mustExist)
    {
        if (_indexes.TryAdd((kind, descriptor.Digest), Items.Count))
        {
            Items.Add(new ManifestEdge(kind, descriptor.Digest, descriptor.MediaType, descriptor.Size, mustExist));
            return;
        }

        var index = _indexes[(kind, descriptor.Digest)];
        if (mustExist && !Items[index].MustExist)
            Items[index] = Items[index] with { MustExist = true };
    }
}
