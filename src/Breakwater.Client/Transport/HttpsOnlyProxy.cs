using System.Net;

namespace Breakwater.Client.Transport;

/// <summary>The machine's proxy, for https alone. Through it http would show the credentials to another machine, also where the server is this one.</summary>
internal sealed class HttpsOnlyProxy(IWebProxy system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system.Credentials;
        set => system.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : system.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || system.IsBypassed(host);
}
