using Breakwater.Oci;

namespace Breakwater.Core.Policies;

/// <summary>Whether signatures ask for the right to sign.</summary>
/// <param name="Required">Off at first: whoever may push may push signatures.</param>
/// <param name="IncludeAttestations">
/// Whether in-toto statements count too. Off at first: BuildKit writes one with every image it builds, and those who build would have to be signers.
/// </param>
public readonly record struct SigningPolicy(bool Required, bool IncludeAttestations)
{
    public bool Covers(SignatureKind kind) =>
        Required && (kind == SignatureKind.Signature || (kind == SignatureKind.Attestation && IncludeAttestations));
}
