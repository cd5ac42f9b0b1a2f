using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>The scopes that a registry's tokens are asked for by. https://distribution.github.io/distribution/spec/auth/scope/</summary>
internal static class ContentScope
{
    public const string Catalog = "registry:catalog:*", DeletedCatalog = "registry:deleted_catalog:*";

    public static string Of(RepositoryName repository, string actions) => $"repository:{repository}:{actions}";
}
