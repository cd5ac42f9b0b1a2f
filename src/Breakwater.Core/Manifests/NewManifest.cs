using Breakwater.Core.Repositories;
using Breakwater.Core.Storage;
using Breakwater.Oci;

namespace Breakwater.Core.Manifests;

/// <summary>A manifest on its way into the database.</summary>
internal sealed record NewManifest(Repository Repository, Digest Digest, ParsedManifest Parsed, long SizeBytes, SealedRow Body);
