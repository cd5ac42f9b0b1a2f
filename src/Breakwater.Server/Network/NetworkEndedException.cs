using Breakwater.Oci;

namespace Breakwater.Server.Network;

/// <summary>The registry's network lets the client in no longer; what it was sending or getting ends.</summary>
internal sealed class NetworkEndedException(string message) : OciException(OciErrors.Denied, message);
