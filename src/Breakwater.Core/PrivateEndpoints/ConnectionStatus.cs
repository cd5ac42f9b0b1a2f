namespace Breakwater.Core.PrivateEndpoints;

/// <summary>What a registry thinks of a private endpoint that asks for a connection.</summary>
public enum ConnectionStatus
{
    Pending = 0,

    /// <summary>The only one that lets anybody in.</summary>
    Approved = 1,

    Rejected = 2,

    /// <summary>Its endpoint is gone; it can only be deleted.</summary>
    Disconnected = 3,
}
