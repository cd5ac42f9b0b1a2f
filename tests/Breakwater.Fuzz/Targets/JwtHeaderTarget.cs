using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Breakwater.Core.Tokens;

namespace Breakwater.Fuzz.Targets;

/// <summary>The header of a token, as text that is then encoded: the fuzzer would never find its way through base64.</summary>
internal static class JwtHeaderTarget
{
    private static readonly string[] Members = ["alg", "kid", "typ"];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var token = $"{Base64Url.EncodeToString(input)}.e30.AA";
        var found = JwtShape.KeyIdOf(token, TokenDefaults.Type);
        OracleException.Require(found == KeyIdOf(input.ToArray()), $"The key id is {found ?? "none"}.");
        // Nothing but three parts is a token.
        OracleException.Require(JwtShape.KeyIdOf(token + ".", TokenDefaults.Type) is null && JwtShape.KeyIdOf(token.AsSpan()[..^3], TokenDefaults.Type) is null, "A token has three parts.");
        JwtShape.KeyIdOf(Encoding.Latin1.GetString(input), TokenDefaults.Type);
    }

    private static string? KeyIdOf(byte[] header)
    {
        try
        {
            // 512 characters of base64.
            if (header.Length > 384)
                return null;
            using var document = JsonDocument.Parse(header);
            var members = document.RootElement.EnumerateObject().Select(member => (member.Name, Value: member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null)).OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
            return members.Select(member => member.Name).SequenceEqual(Members) && members[0].Value == "ES256" && members[2].Value == TokenDefaults.Type ? members[1].Value : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
