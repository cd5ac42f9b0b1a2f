using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <param name="Subject">Not null when the manifest refers to a subject: the registry lists it among its referrers.</param>
/// <param name="ArtifactType">Where the manifest names none, the media type of its config.</param>
public sealed record PushedManifest(Digest Digest, Digest? Subject, string? ArtifactType);
