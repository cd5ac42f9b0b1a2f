using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Breakwater.Testing.Registry;

/// <summary>A request that a webhook's receiver got, and what it answered.</summary>
public sealed record ReceivedEvent(IReadOnlyDictionary<string, string> Headers, byte[] Body, int Answered)
{
    public const string SignatureHeader = "X-Breakwater-Signature";

    public JsonNode Json { get; } = JsonNode.Parse(Body)!;

    public string Id => (string)Json["id"]!;

    public string Action => (string)Json["action"]!;

    public string? Repository => (string?)Json["target"]?["repository"];

    public string? Tag => (string?)Json["target"]?["tag"];

    public string? Digest => (string?)Json["target"]?["digest"];

    /// <summary>Written anew from the documentation, and not with the product's own code.</summary>
    public bool IsSignedWith(string secret)
    {
        var parts = Headers[SignatureHeader].Split(',');
        var time = long.Parse(parts[0]["t=".Length..], CultureInfo.InvariantCulture);
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var expected = Convert.ToHexStringLower(hmac.ComputeHash([.. Encoding.UTF8.GetBytes($"{time}."), .. Body]));
        return parts.Skip(1).Contains($"v1={expected}") && Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - time) < 600;
    }
}
