using System.Security.Cryptography;

namespace Breakwater.Testing.Images;

/// <summary>Content and the digest that names it.</summary>
public sealed record TestBlob(byte[] Content, string Digest)
{
    public int SizeBytes => Content.Length;

    public static TestBlob Of(byte[] content) => new(content, Sha256(content));

    public static TestBlob OfSha512(byte[] content) => new(content, "sha512:" + Convert.ToHexStringLower(SHA512.HashData(content)));

    public static string Sha256(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
