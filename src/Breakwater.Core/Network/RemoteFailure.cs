namespace Breakwater.Core.Network;

internal enum RemoteFailure
{
    /// <summary>No connection, or a busy server: trying again may help.</summary>
    Passing,

    /// <summary>No address that may be connected to, no trust in its certificate, or an answer that is none.</summary>
    Final,

    /// <summary>401 or 403.</summary>
    Unauthorized,
}
