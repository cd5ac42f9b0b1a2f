using Breakwater.Core.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Tokens;

/// <summary>
/// A scope that a client asks for: <c>type:name:action,action</c>. https://distribution.github.io/distribution/spec/auth/scope/
/// </summary>
/// <param name="Repository">Null for the registry's own scope.</param>
internal sealed record TokenScope(RepositoryName? Repository, RepositoryActions Actions, RegistryActions RegistryActions)
{
    private const string RepositoryType = "repository", CatalogType = "registry", CatalogName = "catalog", DeletedCatalogName = "deleted_catalog";

    /// <summary>Null for what names nothing here: such a scope is granted as nothing, which is no error.</summary>
    public static TokenScope? Parse(ReadOnlySpan<char> text)
    {
        var first = text.IndexOf(':');
        var last = text.LastIndexOf(':');
        if (first < 0 || first == last)
            return null;
        var type = text[..first];
        var name = text[(first + 1)..last];
        var actions = text[(last + 1)..];
        return type switch
        {
            RepositoryType when RepositoryName.TryParse(name.ToString(), out var repository) => new TokenScope(repository, ActionsOf(actions), RegistryActions.None),
            CatalogType when name is CatalogName && actions is ActionNames.Any => new TokenScope(null, RepositoryActions.None, RegistryActions.Catalog),
            CatalogType when name is DeletedCatalogName && actions is ActionNames.Any => new TokenScope(null, RepositoryActions.None, RegistryActions.DeletedCatalog),
            _ => null,
        };
    }

    private static RepositoryActions ActionsOf(ReadOnlySpan<char> text)
    {
        var actions = RepositoryActions.None;
        foreach (var range in text.Split(','))
            actions |= ActionNames.Parse(text[range]);
        return actions;
    }
}
