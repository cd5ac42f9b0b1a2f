using System.Security.Cryptography;

namespace Breakwater.Client.Content;

/// <summary>Digests of what is at hand.</summary>
public static class Sha256
{
    public const string Prefix = "sha256:";

    public static string Of(byte[] bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
