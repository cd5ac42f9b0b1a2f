using System.Collections.Immutable;

namespace Breakwater.Oci;

/// <summary>
/// The media and artifact types by which clients find signatures. Compared by their beginnings and without regard to case: versions and
/// parameters follow, and a client that is less strict than others must not be a way around.
/// </summary>
/// <remarks>
/// https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md, https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md,
/// https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md
/// </remarks>
internal static class SignatureTypes
{
    private static readonly ImmutableArray<string> Signatures =
    [
        "application/vnd.cncf.notary.",
        "application/vnd.dev.cosign.artifact.sig.",
        "application/vnd.dev.cosign.simplesigning.",
        "application/vnd.dev.sigstore.bundle",
    ];

    private static readonly ImmutableArray<string> Attestations =
    [
        "application/vnd.dsse.envelope.",
        "application/vnd.in-toto",
        "application/vnd.dev.cosign.artifact.att.",
    ];

    // The envelopes of notation; other artifacts use these types too, so they make no signature by themselves.
    private static readonly ImmutableArray<string> Envelopes = ["application/jose+json", "application/cose"];

    public static SignatureKind KindOf(string? type) =>
        IsAny(Signatures, type) ? SignatureKind.Signature
        : IsAny(Attestations, type) ? SignatureKind.Attestation
        : SignatureKind.None;

    /// <summary>Whether content of the type is part of a signature and cannot be part of an image.</summary>
    public static bool IsPayload(string type) => KindOf(type) != SignatureKind.None || IsAny(Envelopes, type);

    private static bool IsAny(ImmutableArray<string> beginnings, string? type)
    {
        foreach (var beginning in beginnings)
        {
            if (type is not null && type.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
