namespace Breakwater.Oci;

/// <summary>The fields by which readers tell kinds of manifests apart.</summary>
[Flags]
internal enum ManifestParts
{
    None = 0,
    Config = 1,
    Layers = 2,
    Manifests = 4,
    Blobs = 8,
    FsLayers = 16,
}
