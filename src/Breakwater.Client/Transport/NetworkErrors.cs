using System.Net.Sockets;
using System.Security.Authentication;
using Breakwater.Client.Errors;

namespace Breakwater.Client.Transport;

/// <summary>Why there was no answer, in words.</summary>
internal static class NetworkErrors
{
    public static BreakwaterException Explain(Uri address, Exception failure)
    {
        var server = address.GetLeftPart(UriPartial.Authority);
        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Unreachable($"There is no host {address.Host}.", "Check its spelling, and the name service of this machine.", failure),
            _ when failure.InnerException is AuthenticationException => Untrusted(server, failure),
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Unreachable($"Nobody listens at {server}.", "Is the server running, and is the port right?", failure),
            OperationCanceledException => Unreachable($"{server} did not answer in time.", "Check the network, or try again.", failure),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Untrusted(server, failure),
            _ => Unreachable($"The connection to {server} failed: {failure.Message}", "Check the address and whether it is http or https.", failure),
        };
    }

    private static BreakwaterException Unreachable(string message, string remedy, Exception inner) => new(ErrorKind.Unreachable, message, remedy, inner);

    private static BreakwaterException Untrusted(string server, Exception inner) => new(
        ErrorKind.Untrusted,
        $"The certificate of {server} is not trusted: {(inner.InnerException ?? inner).Message}",
        "Sign in with --ca-file FILE, where FILE is the server's CA certificate (tls/ca.crt in its data directory). Nothing was sent.",
        inner);
}
