using Breakwater.Oci;

namespace Breakwater.Server.Guards;

/// <summary>Why a request goes no further.</summary>
/// <param name="Error">The row of the error table.</param>
/// <param name="Message">What the client reads.</param>
/// <param name="Closes">Whether the connection ends too: where a body ends may be in dispute.</param>
internal sealed record GuardFinding(OciErrorCode Error, string Message, bool Closes)
{
    public static GuardFinding Malformed(string message) => new(OciErrors.RequestMalformed, message, Closes: true);
}
