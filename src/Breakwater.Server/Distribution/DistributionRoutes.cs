using Breakwater.Core.Access;
using Breakwater.Core.Tiers;
using Breakwater.Server.Access;

namespace Breakwater.Server.Distribution;

/// <summary>The routes of the OCI Distribution Specification 1.1, "Endpoints", each with what it demands.</summary>
internal sealed class DistributionRoutes(
    ManifestEndpoints manifests, BlobEndpoints blobs, BlobUploadEndpoints uploads, TagEndpoints tags, ReferrerEndpoints referrers, CatalogEndpoints catalog,
    DataEndpoint data)
{
    private const RepositoryActions Pull = RepositoryActions.Pull;
    private const RepositoryActions Push = RepositoryActions.Pull | RepositoryActions.Upload;
    private const RepositoryActions Delete = RepositoryActions.Delete;

    public void Map(IEndpointRouteBuilder app)
    {
        data.Map(app);
        new RegistryRoutes(app)
            .Map("GET HEAD", "/v2/", RegistryActions.SignIn, CatalogEndpoints.AnswerVersion)    // end-1
            .Map("GET", "/v2/_catalog", RegistryActions.Catalog, catalog.ListAsync);
        new RepositoryRoutes(app)
            .Map("GET HEAD", "/blobs/{digest}", Pull, blobs.GetAsync)                           // end-2
            .Map("DELETE", "/blobs/{digest}", Delete, blobs.DeleteAsync)                        // end-10
            .Map("POST", "/blobs/uploads/", Push, uploads.StartAsync)                           // end-4a, 4b, 4c, end-11
            .Map("GET", "/blobs/uploads/{id}", Push, uploads.GetAsync)                          // end-13
            .Map("PATCH", "/blobs/uploads/{id}", Push, uploads.AppendAsync)                     // end-5
            .Map("PUT", "/blobs/uploads/{id}", Push, uploads.CommitAsync)                       // end-6
            .Map("DELETE", "/blobs/uploads/{id}", Push, uploads.CancelAsync)                    // end-14
            .Map("GET HEAD", "/manifests/{reference}", Pull, manifests.GetAsync)                // end-3
            .Map("PUT", "/manifests/{reference}", Push, manifests.PutAsync)                     // end-7a, 7b
            .Map("DELETE", "/manifests/{reference}", Delete, manifests.DeleteAsync)             // end-9
            .Map("GET", "/tags/list", Pull, tags.ListAsync)                                     // end-8a, 8b
            .Map("GET", "/referrers/{digest}", Pull, referrers.ListAsync, RequestKind.Referrers); // end-12a, 12b
    }
}
