using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Core.Tokens;

namespace Breakwater.Fuzz.Targets;

/// <summary>The payload of a registry token. What is read and written again says the same.</summary>
internal static class TokenClaimsTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (TokenClaims.TryRead(input.ToArray()) is not { } claims)
            return;
        var written = Write(claims);
        var again = TokenClaims.TryRead(Encoding.UTF8.GetBytes(written)) ?? throw new OracleException("What was written cannot be read.");
        OracleException.Require(Write(again) == written && again.SessionId == claims.SessionId && (again.Limit is null) == (claims.Limit is null), "Claims change when they are written and read.");
    }

    private static string Write(TokenClaims claims)
    {
        var json = JsonNode.Parse(claims.ToJson("subject", DateTimeOffset.UnixEpoch))!.AsObject();
        json.Remove("jti");
        return json.ToJsonString();
    }
}
