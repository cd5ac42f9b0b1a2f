using System.Buffers.Text;
using System.Text.Json;

namespace Breakwater.Server.Audit;

/// <summary>Takes the id out of a token: it names the token and does not open anything.</summary>
internal static class JwtId
{
    /// <param name="token">One of ours, and verified.</param>
    /// <returns>Null when it has none.</returns>
    public static string? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
            return null;
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return payload.RootElement.TryGetProperty("jti", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }
}
