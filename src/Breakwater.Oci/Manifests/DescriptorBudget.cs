namespace Breakwater.Oci;

/// <summary>Counts a manifest's descriptors, so that a small body cannot become a large number of rows.</summary>
internal ref struct DescriptorBudget
{
    private int _used;

    internal void Take()
    {
        if (++_used > ManifestParser.MaxEdges)
            throw ManifestParser.Invalid($"The manifest names more than {ManifestParser.MaxEdges} pieces of content.");
    }
}
