using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>A blob as a repository links it.</summary>
/// <param name="Parts">The sealed objects that are its content, in order; one, unless it arrived in several bodies.</param>
/// <param name="IsDamaged">A read or a check has found that it is not what was pushed.</param>
public sealed record Blob(Digest Digest, IReadOnlyList<SealedObject> Parts, bool IsDamaged)
{
    /// <summary>The object's id: that of its first part.</summary>
    public Guid ObjectId => Parts[0].Id;

    public long SizeBytes { get; } = Parts.Sum(part => part.SizeBytes);

    /// <summary>The digest in quotes (RFC 9110 section 8.8.3): content never changes under its digest.</summary>
    public string EntityTag { get; } = $"\"{Digest.Value}\"";
}
