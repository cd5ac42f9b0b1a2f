using Breakwater.Core.Access;
using Breakwater.Server.Access;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>The routes of Azure Container Registry's data plane, each with what it demands. The query <c>api-version</c> is accepted and means nothing.</summary>
internal sealed class AcrRoutes(CatalogEndpoints catalog, AcrRepositoryEndpoints repositories, AcrTagEndpoints tags, AcrManifestEndpoints manifests, AcrDeletedEndpoints deleted)
{
    public const string Catalog = "/acr/v1/_catalog", DeletedCatalog = "/acr/v1/_deleted/_catalog";

    private const RepositoryActions Read = RepositoryActions.MetadataRead;
    private const RepositoryActions Write = RepositoryActions.MetadataWrite;
    private const RepositoryActions Delete = RepositoryActions.Delete;

    public void Map(IEndpointRouteBuilder app)
    {
        new RegistryRoutes(app)
            .Map("GET", Catalog, RegistryActions.Catalog, catalog.ListAsync)
            .Map("GET", DeletedCatalog, RegistryActions.DeletedCatalog, deleted.ListRepositoriesAsync);
        new RepositoryRoutes(app, RepositoryRoutes.AcrDeleted)
            .Map("GET", "/_tags", RepositoryActions.DeletedRead, deleted.ListTagsAsync)
            .Map("GET", "/_manifests", RepositoryActions.DeletedRead, deleted.ListManifestsAsync)
            .Map("POST", "/_manifests/{digest}", RepositoryActions.DeletedRestore, deleted.RestoreAsync);
        new RepositoryRoutes(app, RepositoryRoutes.AcrDataPlane)
            .Map("GET", "", Read, repositories.GetAsync)
            .Map("PATCH", "", Write, repositories.PatchAsync)
            .Map("DELETE", "", Delete, repositories.DeleteAsync)
            .Map("GET", "/_tags", Read, tags.ListAsync)
            .Map("GET", "/_tags/{tag}", Read, tags.GetAsync)
            .Map("PATCH", "/_tags/{tag}", Write, tags.PatchAsync)
            .Map("DELETE", "/_tags/{tag}", Delete, tags.DeleteAsync)
            .Map("GET", "/_manifests", Read, manifests.ListAsync)
            .Map("GET", "/_manifests/{digest}", Read, manifests.GetAsync)
            .Map("PATCH", "/_manifests/{digest}", Write, manifests.PatchAsync);
    }
}
