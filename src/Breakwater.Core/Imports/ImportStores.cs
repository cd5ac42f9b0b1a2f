using Breakwater.Core.Blobs;
using Breakwater.Core.Manifests;
using Breakwater.Core.Referrers;
using Breakwater.Core.Repositories;

namespace Breakwater.Core.Imports;

/// <summary>What holds the content that imports read and write.</summary>
public sealed record ImportStores(RepositoryStore Repositories, ManifestStore Manifests, BlobStore Blobs, BlobUploads Uploads, ReferrerStore Referrers);
