using System.Security.Cryptography;

namespace Breakwater.EndToEnd.Tests.Conformance;

/// <summary>The digest algorithms of the specification.</summary>
internal static class Algorithm
{
    public const string Sha256 = "sha256", Sha512 = "sha512";

    public static string Digest(string algorithm, ReadOnlySpan<byte> content) =>
        algorithm + ":" + Convert.ToHexStringLower(algorithm == Sha512 ? SHA512.HashData(content) : SHA256.HashData(content));
}
