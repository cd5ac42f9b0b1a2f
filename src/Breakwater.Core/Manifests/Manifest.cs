using Breakwater.Core.Repositories;
using Breakwater.Core.Usage;
using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>A manifest, byte for byte as it was pushed.</summary>
public sealed record Manifest(Digest Digest, string MediaType, ReadOnlyMemory<byte> Body, ItemLocks Locks)
{
    /// <summary>The digest in quotes (RFC 9110 section 8.8.3).</summary>
    public string EntityTag { get; } = $"\"{Digest.Value}\"";

    /// <summary>Null: nobody counts.</summary>
    internal ManifestPulls? Pulls { get; init; }
}
