using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.EndToEnd.Tests.Webhooks;

// The sample of docs/webhooks.md begins here; a test compares the two.
public static class SignatureCheck
{
    public static bool IsGenuine(string secret, string header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var parts = header.Split(',');
        var sentAt = Array.Find(parts, part => part.StartsWith("t=", StringComparison.Ordinal))?[2..];
        if (!long.TryParse(sentAt, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
            return false;
        byte[] signed = [.. Encoding.ASCII.GetBytes(sentAt + "."), .. body];
        var expected = Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return Array.Exists(parts, part => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part), expected));
    }
}
