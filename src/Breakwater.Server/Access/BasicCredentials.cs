using System.Text;
using Breakwater.Core.Identity;

namespace Breakwater.Server.Access;

/// <summary>What Basic credentials hold (RFC 7617).</summary>
internal sealed record BasicCredentials(string Name, Secret Password)
{
    /// <summary>Bytes, decoded; far more than the longest name and password need.</summary>
    public const int MaxLength = 4096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="decoded"><c>name:password</c> in UTF-8.</param>
    /// <returns>Null when it is not of that form.</returns>
    public static BasicCredentials? Parse(ReadOnlySpan<byte> decoded)
    {
        var colon = decoded.IndexOf((byte)':');
        if (colon <= 0)
            return null;
        try
        {
            return new BasicCredentials(Utf8.GetString(decoded[..colon]), new Secret(Utf8.GetString(decoded[(colon + 1)..])));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
