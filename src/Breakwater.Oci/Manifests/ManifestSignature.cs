namespace Breakwater.Oci;

/// <summary>What <see cref="SignatureClassifier"/> found in a manifest.</summary>
/// <param name="Kind">Generous: whatever some client would take for a signature is one.</param>
/// <param name="IsPure">
/// Strict: nothing else is in it that a client could take for an image or another artifact. Who may only sign may push only such manifests:
/// an image that calls itself a signature is still an image.
/// </param>
public readonly record struct ManifestSignature(SignatureKind Kind, bool IsPure);
