using System.Globalization;
using System.Text.RegularExpressions;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.Vault;

/// <summary>Names a key of a Transit engine.</summary>
/// <remarks><code>https://HOST/v1/MOUNT/keys/NAME       the newest
/// https://HOST/v1/MOUNT/keys/NAME/3     one version</code></remarks>
internal sealed partial class VaultKeyAddress(VaultOptions options)
{
    // No dots: a path must not lead elsewhere.
    [GeneratedRegex("^(?<name>[A-Za-z0-9_-]{1,128})(/(?<version>[1-9][0-9]{0,8}))?$")]
    private static partial Regex Tail { get; }

    private string Prefix { get; } = $"{options.Address.GetLeftPart(UriPartial.Authority).ToLowerInvariant()}/v1/{options.Mount}/keys/";

    /// <returns>Null when it is none of this engine's.</returns>
    public KeyReference? TryParse(string identifier)
    {
        if (!Uri.TryCreate(identifier, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            return null;
        // As it was written but for the host: what the parser would tidy up is no identifier.
        var text = uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant() + identifier[(identifier.IndexOf('/', "https://".Length) is >= 0 and var path ? path : identifier.Length)..];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || Tail.Match(text[Prefix.Length..]) is not { Success: true } match)
            return null;
        return new KeyReference(Prefix + match.Groups["name"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null);
    }

    public static KeyVersionInfo Info(string key, int version) => new(key, version.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{key}/{version}"));

    public string NameOf(string key) => key[Prefix.Length..];
}
