using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Breakwater.Cli.Tests.Suite;

/// <summary>A token of the issuer that the suite's server trusts.</summary>
internal static class ForeignToken
{
    public static string Mint(CliServer server, string subject, string audience)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new { iss = CliServer.ForeignIssuer, sub = subject, aud = audience, iat = now, nbf = now, exp = now + 300, jti = Guid.NewGuid() };
        var input = $"{Part(new { alg = "RS256", typ = "JWT", kid = "k" })}.{Part(claims)}";
        return $"{input}.{CliServer.Encode(server.ForeignKey.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(object value) => CliServer.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}
