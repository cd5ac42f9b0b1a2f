using System.Buffers;

namespace Breakwater.Oci;

/// <summary>The text form of digests, of any algorithm. OCI image specification, descriptor.md, "Digests".</summary>
internal static class DigestGrammar
{
    internal const string Sha256Prefix = "sha256:";
    internal const string Sha512Prefix = "sha512:";
    internal const int Sha256HexLength = 64;
    internal const int Sha512HexLength = 128;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly SearchValues<char> Encoded =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=_-");

    internal static bool IsSupported(ReadOnlySpan<char> text, out DigestAlgorithm algorithm)
    {
        if (text.Length == Sha256Prefix.Length + Sha256HexLength && text.StartsWith(Sha256Prefix))
        {
            algorithm = DigestAlgorithm.Sha256;
            return !text[Sha256Prefix.Length..].ContainsAnyExcept(LowerHex);
        }

        algorithm = DigestAlgorithm.Sha512;
        return text.Length == Sha512Prefix.Length + Sha512HexLength
            && text.StartsWith(Sha512Prefix)
            && !text[Sha512Prefix.Length..].ContainsAnyExcept(LowerHex);
    }

    /// <summary>Whether the text is a digest by the grammar, of an algorithm that the registry does not know.</summary>
    internal static bool IsOtherAlgorithm(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0)
            return false;
        var algorithm = text[..colon];
        var encoded = text[(colon + 1)..];
        return algorithm is not ("sha256" or "sha512")
            && IsAlgorithm(algorithm)
            && !encoded.IsEmpty
            && !encoded.ContainsAnyExcept(Encoded);
    }

    private static bool IsAlgorithm(ReadOnlySpan<char> text)
    {
        var afterComponent = false;
        foreach (var c in text)
        {
            var isComponent = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
            if (!isComponent && !(afterComponent && c is ('+' or '.' or '_' or '-')))
                return false;
            afterComponent = isComponent;
        }

        return afterComponent;
    }
}
