using System.Text;
using Breakwater.Server.Access;

namespace Breakwater.Fuzz.Targets;

/// <summary>Basic credentials, beside a reading of the whole as text.</summary>
internal static class BasicTarget
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Run(ReadOnlySpan<byte> input)
    {
        var (name, password) = Read(input);
        var found = BasicCredentials.Parse(input);
        OracleException.Require(found?.Name == name && found?.Password.Reveal() == password, "Name and password stand around the first colon.");
    }

    private static (string? Name, string? Password) Read(ReadOnlySpan<byte> input)
    {
        try
        {
            var text = Strict.GetString(input);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 ? (text[..colon], text[(colon + 1)..]) : (null, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, null);
        }
    }
}
