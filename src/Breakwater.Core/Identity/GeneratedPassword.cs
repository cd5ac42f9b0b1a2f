using System.Numerics;
using System.Security.Cryptography;

namespace Breakwater.Core.Identity;

/// <summary>
/// Passwords that the program makes. The prefix lets secret scanners recognise a leaked one; the checksum lets a mistyped one be
/// refused without hashing.
/// </summary>
/// <remarks><code>bwk_pw_, bwk_sp_, bwk_ad_, bwk_tk_ or bwk_wh_ | 22 random letters and digits (131 bits) | CRC-32C of them in 6 letters and digits</code></remarks>
public static class GeneratedPassword
{
    /// <summary>Of a person's password.</summary>
    public const string Prefix = "bwk_pw_";

    /// <summary>Of a service principal's secret.</summary>
    public const string ServicePrincipalPrefix = "bwk_sp_";

    /// <summary>Of an admin user's password.</summary>
    public const string AdminPrefix = "bwk_ad_";

    /// <summary>Of a repository-scoped token's password.</summary>
    public const string TokenPrefix = "bwk_tk_";

    /// <summary>Of a webhook's signing secret, which nobody signs in with.</summary>
    public const string WebhookPrefix = "bwk_wh_";

    private static readonly string[] Prefixes = [Prefix, ServicePrincipalPrefix, AdminPrefix, TokenPrefix];

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 22, ChecksumLength = 6;

    public static Secret Create(string prefix = Prefix)
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return new Secret(prefix + random + Checksum(random));
    }

    /// <summary>Whether <paramref name="text"/> claims to be generated and cannot be.</summary>
    public static bool IsMistyped(string text)
    {
        if (!Array.Exists(Prefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
            return false;
        var rest = text.AsSpan(Prefix.Length);
        return rest.Length != RandomLength + ChecksumLength || !rest[RandomLength..].SequenceEqual(Checksum(rest[..RandomLength]));
    }

    private static string Checksum(ReadOnlySpan<char> random)
    {
        var crc = uint.MaxValue;
        foreach (var c in random)
            crc = BitOperations.Crc32C(crc, (ushort)c);
        var value = ~crc;
        Span<char> text = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(value % (uint)Alphabet.Length)];
            value /= (uint)Alphabet.Length;
        }
        return new string(text);
    }
}
