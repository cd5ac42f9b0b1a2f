using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Core.Tokens;

/// <summary>
/// What a token must look like before any library reads it: three parts, at most 16 KiB, and a header with exactly <c>alg</c>,
/// <c>typ</c> and <c>kid</c>. So no header can bring a key (<c>jwk</c>, <c>jku</c>, <c>x5c</c>), another algorithm, compression or an
/// extension (<c>crit</c>).
/// </summary>
internal static class JwtShape
{
    private const int MaxHeaderLength = 512;

    /// <summary>The key that the token says it was signed with; null when it has not our shape.</summary>
    /// <param name="type">What its <c>typ</c> must be.</param>
    public static string? KeyIdOf(ReadOnlySpan<char> token, string type)
    {
        if (token.Length > TokenDefaults.MaxLength || token.Count('.') != 2)
            return null;
        var encoded = token[..token.IndexOf('.')];
        if (encoded.Length > MaxHeaderLength)
            return null;
        Span<byte> header = stackalloc byte[MaxHeaderLength];
        try
        {
            return Base64Url.TryDecodeFromChars(encoded, header, out var length) ? ReadHeader(header[..length], type) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ReadHeader(ReadOnlySpan<byte> header, string expected)
    {
        string? algorithm = null, type = null, keyId = null;
        var json = new Utf8JsonReader(header);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ref var target = ref algorithm;
            if (json.ValueTextEquals("typ"u8))
                target = ref type;
            else if (json.ValueTextEquals("kid"u8))
                target = ref keyId;
            else if (!json.ValueTextEquals("alg"u8))
                return null;
            json.Read();
            // A null would leave room for a second one.
            if (target is not null || json.TokenType != JsonTokenType.String)
                return null;
            target = json.GetString();
        }
        // Nothing stands behind the header.
        return !json.Read() && algorithm == SecurityAlgorithms.EcdsaSha256 && type == expected ? keyId : null;
    }
}
