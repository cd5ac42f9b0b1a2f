namespace Breakwater.Core.Network;

/// <summary>What went wrong with a registry elsewhere. Nothing that it sent is in the message.</summary>
internal sealed class RemoteException(RemoteFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public RemoteFailure Failure => failure;
}
