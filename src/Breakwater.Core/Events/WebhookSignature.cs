using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Events;

/// <summary>The proof that an event comes from here and was not changed. A receiver computes it anew and looks at the time.</summary>
/// <remarks><code>X-Breakwater-Signature: t=UNIX-SECONDS,v1=HEX[,v1=HEX]   HEX = HMAC-SHA256(secret, t + "." + body)</code></remarks>
internal static class WebhookSignature
{
    public const string Header = "X-Breakwater-Signature";

    /// <param name="secrets">The one that counts, and for some time the one before it.</param>
    public static string Of(IReadOnlyList<string> secrets, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return $"t={time}{string.Concat(secrets.Select(secret => ",v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))))}";
    }
}
