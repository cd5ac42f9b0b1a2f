namespace Breakwater.Core.Tokens;

/// <summary>
/// The resources that tools ask tokens for, by the names that they have in Azure's public cloud; the management plane and the directory also by
/// their own addresses, since az takes one setting for both address and name.
/// </summary>
public static class AudienceNames
{
    public const string Management = "https://management.core.windows.net/", Registry = "https://containerregistry.azure.net";

    private static readonly Dictionary<string, DirectoryAudience> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://management.core.windows.net"] = DirectoryAudience.Management,
        ["https://management.azure.com"] = DirectoryAudience.Management,
        ["https://graph.microsoft.com"] = DirectoryAudience.Graph,
        [Registry] = DirectoryAudience.Registry,
    };

    /// <param name="name">The name, with or without a slash at its end.</param>
    /// <param name="origin">Scheme, host and port of the request.</param>
    /// <returns>Null for a resource that nobody knows here.</returns>
    public static DirectoryAudience? Find(string? name, string origin)
    {
        var trimmed = (name ?? "").TrimEnd('/');
        if (Names.TryGetValue(trimmed, out var known))
            return known;
        if (trimmed.Equals(origin, StringComparison.OrdinalIgnoreCase))
            return DirectoryAudience.Management;
        return trimmed.Equals(origin + "/graph", StringComparison.OrdinalIgnoreCase) ? DirectoryAudience.Graph : null;
    }
}
