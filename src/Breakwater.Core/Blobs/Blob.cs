using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>A blob as a repository links it.</summary>
public sealed record Blob(Digest Digest, SealedObject Stored)
{
    public long SizeBytes => Stored.SizeBytes;

    /// <summary>The digest in quotes (RFC 9110 section 8.8.3): content never changes under its digest.</summary>
    public string EntityTag { get; } = $"\"{Digest.Value}\"";
}
