using System.Buffers;

namespace Breakwater.Oci;

/// <summary>
/// Tags under which clients look for what belongs to a manifest: <c>sha256-HEX.sig</c> and <c>sha256-HEX.att</c> of cosign, and the bare
/// <c>sha256-HEX</c> of the distribution specification's referrers tag schema, whose list is judged by its content.
/// </summary>
public static class SignatureTags
{
    // The schema cuts longer digests to this.
    private const int HexLength = 64;
    private const int PrefixLength = 6;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>What clients take the tag's content for, whatever it is.</summary>
    public static SignatureKind KindOf(TagName tag) => SuffixOf(tag.Value) switch
    {
        ".sig" => SignatureKind.Signature,
        ".att" => SignatureKind.Attestation,
        _ => SignatureKind.None,
    };

    /// <summary>Whether a tag can stand for the list of a manifest's referrers.</summary>
    public static bool IsReferrersTag(TagName tag) => SuffixOf(tag.Value) is "";

    /// <summary>The digest of the manifest that a tag of this form belongs to, or its first characters where the schema cuts it; null for other tags.</summary>
    public static string? SubjectOf(TagName tag) =>
        SuffixOf(tag.Value) is null ? null : $"{tag.Value[..PrefixLength]}:{tag.Value.AsSpan(PrefixLength + 1, HexLength)}";

    /// <summary>What follows the digest; null when the tag does not begin with one.</summary>
    private static string? SuffixOf(string tag)
    {
        if (!tag.StartsWith("sha256-", StringComparison.Ordinal) && !tag.StartsWith("sha512-", StringComparison.Ordinal))
            return null;
        var rest = tag.AsSpan("sha256-".Length);
        return rest.Length >= HexLength && !rest[..HexLength].ContainsAnyExcept(Hex) ? rest[HexLength..].ToString() : null;
    }
}
