namespace Breakwater.Oci;

/// <summary>The hash functions whose digests the registry accepts: those that the OCI image specification registers (descriptor.md, "Registered algorithms").</summary>
public enum DigestAlgorithm
{
    Sha256,
    Sha512,
}
