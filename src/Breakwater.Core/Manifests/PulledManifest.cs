using Breakwater.Core.Tags;

namespace Breakwater.Core.Manifests;

/// <summary>What a reference means, to be counted as a pull by <see cref="ManifestStore.Count"/> once the client has it.</summary>
public readonly struct PulledManifest
{
    internal PulledManifest(Manifest manifest, TaggedManifest? tag) => (Manifest, Tag) = (manifest, tag);

    public Manifest Manifest { get; }

    /// <summary>Null when it was asked for by its digest.</summary>
    internal TaggedManifest? Tag { get; }
}
