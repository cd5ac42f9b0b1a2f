using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Identity;

/// <summary>PBKDF2-HMAC-SHA256 with a random salt per password.</summary>
/// <remarks><code>$pbkdf2-sha256$i=600000$BASE64(salt, 16)$BASE64(hash, 32)</code></remarks>
/// <param name="iterations">600,000 is OWASP's figure for PBKDF2-HMAC-SHA256; about 0.2 s of one core.</param>
public sealed class PasswordHasher(int iterations = PasswordHasher.DefaultIterations)
{
    public const int DefaultIterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltSize = 16, HashSize = 32;

    // A row with an absurd figure must not keep a core busy for hours.
    private const int MaxIterations = 10_000_000;

    /// <summary>A hash that no password has: checking against it takes as long as against a real one.</summary>
    public string Decoy { get; } = Format(iterations, RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    public string Hash(Secret password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Format(iterations, salt, Derive(password, salt, iterations));
    }

    /// <exception cref="FormatException"><paramref name="stored"/> was not made by this class.</exception>
    public PasswordVerdict Verify(string stored, Secret password)
    {
        var (count, salt, expected) = Parse(stored);
        if (!CryptographicOperations.FixedTimeEquals(Derive(password, salt, count), expected))
            return PasswordVerdict.Wrong;
        return count < iterations ? PasswordVerdict.RightButOutdated : PasswordVerdict.Right;
    }

    private static byte[] Derive(Secret password, byte[] salt, int count)
    {
        var bytes = Encoding.UTF8.GetBytes(password.Reveal());
        try
        {
            return Rfc2898DeriveBytes.Pbkdf2(bytes, salt, count, HashAlgorithmName.SHA256, HashSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string Format(int count, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"${Scheme}$i={count}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static (int Count, byte[] Salt, byte[] Hash) Parse(string stored)
    {
        var parts = stored.Split('$');
        if (parts is not ["", Scheme, ['i', '=', .. var figure], var salt, var hash]
            || !int.TryParse(figure, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MaxIterations)
        {
            throw new FormatException("A stored password hash has an unknown form.");
        }
        return (count, Convert.FromBase64String(salt), Convert.FromBase64String(hash));
    }
}
