using System.Net;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>A listener of the server on an address that only a private network reaches.</summary>
/// <param name="Name">Lower case letters, digits and dashes; private endpoints name it.</param>
public sealed record PrivateListener(string Name, IPEndPoint Address)
{
    public override string ToString() => $"{Name}={Address}";
}
