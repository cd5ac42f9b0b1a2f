namespace Breakwater.Core.Tests.Access.Conditions;

/// <summary>The words that the tests of conditions share.</summary>
internal static class ConditionTexts
{
    public const string Name = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";
    public const string ActionPrefix = "Microsoft.ContainerRegistry/registries/repositories/";
    public const string ContentRead = ActionPrefix + "content/read";
    public const string ContentWrite = ActionPrefix + "content/write";
    public const string MetadataRead = ActionPrefix + "metadata/read";
    public const string CatalogRead = "Microsoft.ContainerRegistry/registries/catalog/read";

    /// <summary>Azure's own example: who has the role Container Registry Repository Reader reads one repository.</summary>
    public const string Reader =
        """
        ((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}))
         OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'nginx'))
        """;
}
