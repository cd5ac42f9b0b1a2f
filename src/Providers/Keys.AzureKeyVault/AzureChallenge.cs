using System.Text.RegularExpressions;

namespace Breakwater.Keys.AzureKeyVault;

/// <summary>Reads which token a vault asks for. https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses</summary>
internal static partial class AzureChallenge
{
    [GeneratedRegex("(?:resource|scope)=\"(?<value>[^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Resource { get; }

    /// <returns>The scope to ask a token for; null when there is none, or one that is not the vault's own: its token would be somebody else's.</returns>
    public static string? ScopeOf(string challenge, Uri vault)
    {
        if (Resource.Match(challenge) is not { Success: true } match || !Uri.TryCreate(match.Groups["value"].Value.Replace("/.default", "", StringComparison.Ordinal), UriKind.Absolute, out var resource))
            return null;
        var isOwn = resource.Scheme == Uri.UriSchemeHttps && (vault.Host.Equals(resource.Host, StringComparison.OrdinalIgnoreCase) || vault.Host.EndsWith("." + resource.Host, StringComparison.OrdinalIgnoreCase));
        return isOwn ? resource.GetLeftPart(UriPartial.Authority) + "/.default" : null;
    }
}
