using System.Text;
using Breakwater.Core.Tokens;

namespace Breakwater.Fuzz.Targets;

/// <summary>A token of somebody else, before anything in it is believed.</summary>
internal static class ForeignTokenTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (ForeignToken.TryRead(text) is not { } token)
            return;
        OracleException.Require(text.Length <= TokenDefaults.MaxLength && token.Issuer.Length > 0 && token.Subject.Length > 0 && !token.IsEncrypted, "It names an issuer and a subject, and is not encrypted.");
        OracleException.Require(text.Split('.') is [var header, var payload, _] && ForeignToken.IdOf(token) is var id && (id == token.Id || id == $"{header}.{payload}"), "It is known by its id or by what was signed.");
    }
}
