namespace Breakwater.Core.Access;

/// <summary>What can be done with a registry as a whole on the data plane.</summary>
[Flags]
public enum RegistryActions
{
    None = 0,

    /// <summary>Any signed-in principal: <c>GET /v2/</c>.</summary>
    SignIn = 1,

    /// <summary>List the repositories' names. In tokens <c>registry:catalog:*</c>.</summary>
    Catalog = 2,

    /// <summary>List the names of deleted repositories. In tokens <c>registry:deleted_catalog:*</c>.</summary>
    DeletedCatalog = 4,
    All = SignIn | Catalog | DeletedCatalog,
}
