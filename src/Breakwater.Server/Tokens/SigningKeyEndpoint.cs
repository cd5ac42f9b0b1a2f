using System.Text.Json;
using Breakwater.Core.Tokens;
using Breakwater.Server.Access;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.Tokens;

/// <summary>The public keys of registry tokens as a JWK set (RFC 7517), for whoever verifies them elsewhere.</summary>
internal sealed class SigningKeyEndpoint(SigningKeyRing keys)
{
    public const string Path = "/.well-known/jwks.json";

    public void Map(IEndpointRouteBuilder endpoints) =>
        new OpenRoutes(endpoints).Map("GET", Path, "public keys", GetAsync);

    private Task GetAsync(HttpContext context) => JsonAnswer.WriteAsync(context, JsonAnswer.Render(keys.All, static (json, all) =>
    {
        json.WriteStartArray("keys");
        foreach (var key in all)
            WriteKey(json, key);
        json.WriteEndArray();
    }), "application/jwk-set+json");

    private static void WriteKey(Utf8JsonWriter json, SigningKey key)
    {
        json.WriteStartObject();
        json.WriteString("kty", "EC");
        json.WriteString("use", "sig");
        json.WriteString("alg", "ES256");
        json.WriteString("crv", "P-256");
        json.WriteString("kid", key.KeyId);
        json.WriteString("x", key.X);
        json.WriteString("y", key.Y);
        json.WriteEndObject();
    }
}
