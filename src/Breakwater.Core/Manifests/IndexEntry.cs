using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>A manifest that an index names.</summary>
public sealed record IndexEntry(Digest Digest, Platform Platform);
