using System.Text.RegularExpressions;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.AzureKeyVault;

/// <summary>Names a key of a vault or a managed HSM. Names there do not differ by case, so they are written in lower case.</summary>
/// <remarks><code>https://NAME.vault.azure.net/keys/KEY            the newest
/// https://NAME.vault.azure.net/keys/KEY/VERSION    one version</code></remarks>
internal static partial class AzureKeyAddress
{
    [GeneratedRegex("^/keys/(?<name>[A-Za-z0-9-]{1,127})(/(?<version>[A-Za-z0-9]{32}))?/?$")]
    private static partial Regex Tail { get; }

    /// <returns>Null when it is none of the vaults'.</returns>
    public static KeyReference? TryParse(string identifier, IReadOnlyList<Uri> vaults)
    {
        if (!Uri.TryCreate(identifier, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0)
            return null;
        var vault = vaults.FirstOrDefault(vault => vault.Authority.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase));
        if (vault is null || Tail.Match(uri.PathAndQuery) is not { Success: true } match)
            return null;
#pragma warning disable CA1308 // As Azure writes them.
        var key = $"https://{vault.Authority.ToLowerInvariant()}/keys/{match.Groups["name"].Value.ToLowerInvariant()}";
        return new KeyReference(key, match.Groups["version"] is { Success: true } version ? version.Value.ToLowerInvariant() : null);
#pragma warning restore CA1308
    }

    public static KeyVersionInfo Info(string key, string version) => new(key, version, $"{key}/{version}");
}
