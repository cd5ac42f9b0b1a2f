namespace Breakwater.Oci;

/// <summary>What clients that verify would take a manifest, or what a tag stands for, for.</summary>
public enum SignatureKind
{
    None = 0,

    /// <summary>A signature of notation or cosign, or a Sigstore bundle, which can hold either kind.</summary>
    Signature = 1,

    /// <summary>A statement about content: in-toto, in a DSSE envelope or bare.</summary>
    Attestation = 2,
}
