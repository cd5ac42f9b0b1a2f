using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Breakwater.Oci;

/// <summary>
/// The name of content by its hash: <c>sha256:</c> and 64, or <c>sha512:</c> and 128, lower-case hexadecimal digits. There is one
/// text for one digest, so values compare by ordinal text. OCI image specification, descriptor.md, "Digests".
/// </summary>
public sealed class Digest : IEquatable<Digest>
{
    private Digest(DigestAlgorithm algorithm, string value)
    {
        Algorithm = algorithm;
        Value = value;
    }

    public DigestAlgorithm Algorithm { get; }

    /// <summary>The canonical text, algorithm included.</summary>
    public string Value { get; }

    /// <summary>The part after the colon. Allocates.</summary>
    public string Hex => Value[DigestGrammar.Sha256Prefix.Length..];

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = DigestGrammar.IsSupported(text, out var algorithm) ? new Digest(algorithm, text!) : null;
        return digest is not null;
    }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = DigestGrammar.IsSupported(text, out var algorithm) ? new Digest(algorithm, text.ToString()) : null;
        return digest is not null;
    }

    /// <exception cref="OciException">
    /// <see cref="OciErrors.DigestInvalid"/>; the message tells a text that is no digest from a digest of an unsupported algorithm.
    /// </exception>
    public static Digest Parse(string? text)
    {
        if (TryParse(text, out var digest))
            return digest;
        throw new OciException(OciErrors.DigestInvalid, DigestGrammar.IsOtherAlgorithm(text)
            ? "The digest's algorithm is not supported. Use sha256 or sha512."
            : "The text is not a digest. Write sha256: and 64, or sha512: and 128, lower-case hexadecimal digits.");
    }

    /// <summary>The digest that a finished hash spells.</summary>
    /// <exception cref="ArgumentException">The hash has not the algorithm's length (32 or 64 bytes).</exception>
    public static Digest FromHash(DigestAlgorithm algorithm, ReadOnlySpan<byte> hash)
    {
        var isSha256 = algorithm == DigestAlgorithm.Sha256;
        if (hash.Length != (isSha256 ? SHA256.HashSizeInBytes : SHA512.HashSizeInBytes))
            throw new ArgumentException("The hash has not the length of its algorithm.", nameof(hash));

        var prefix = isSha256 ? DigestGrammar.Sha256Prefix : DigestGrammar.Sha512Prefix;
        Span<char> hex = stackalloc char[DigestGrammar.Sha512HexLength];
        Convert.TryToHexStringLower(hash, hex, out var length);
        return new Digest(algorithm, string.Concat(prefix, hex[..length]));
    }

    /// <summary>Hashes content that is in memory. Streams are hashed incrementally and end in <see cref="FromHash"/>.</summary>
    public static Digest Of(DigestAlgorithm algorithm, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        var length = algorithm == DigestAlgorithm.Sha256 ? SHA256.HashData(content, hash) : SHA512.HashData(content, hash);
        return FromHash(algorithm, hash[..length]);
    }

    public bool Equals(Digest? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Digest);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    public static bool operator ==(Digest? left, Digest? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Digest? left, Digest? right) => !(left == right);
}
