using System.Net.Sockets;

namespace Breakwater.Core.Network;

/// <summary>What the maker of an import reads about a failed connection. What a name resolves to inside is not told.</summary>
internal static class RemoteProblems
{
    public static RemoteException Of(HttpRequestException e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressRefusedException or HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain })
                return new RemoteException(RemoteFailure.Final, "The source's host has no address, or none that may be imported from. Private networks must be allowed with --import-allow.", e);
        }
        return e.HttpRequestError == HttpRequestError.SecureConnectionError
            ? new RemoteException(RemoteFailure.Final, "The TLS connection to the source failed. The server trusts what its machine trusts, and the authorities of --import-ca.", e)
            : new RemoteException(RemoteFailure.Passing, "The connection to the source could not be made, or broke.", e);
    }
}
