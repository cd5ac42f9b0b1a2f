using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Breakwater.Client.Transport;

/// <summary>Scheme, host and port of a server, and nothing else. Without a scheme it is https.</summary>
public sealed record ServerAddress
{
    private ServerAddress(Uri uri) => Uri = uri;

    public Uri Uri { get; }

    /// <summary>Host, and port where it is not the scheme's own: how a registry is named before a repository.</summary>
    public string Authority => Uri.Authority;

    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether what is sent there leaves the machine.</summary>
    public bool IsLoopback => Uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    public static bool TryParse(string? text, [NotNullWhen(true)] out ServerAddress? address)
    {
        var full = text?.Contains("://", StringComparison.Ordinal) is true ? text : "https://" + text;
        address = Uri.TryCreate(full, UriKind.Absolute, out var uri) && IsBare(uri) ? new ServerAddress(new Uri(uri.GetLeftPart(UriPartial.Authority))) : null;
        return address is not null;
    }

    /// <summary>An address of the same server: what it names as the next page, or as the place to ask again.</summary>
    public bool Owns(Uri other) => other.IsAbsoluteUri && Uri.Compare(Uri, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public override string ToString() => Uri.GetLeftPart(UriPartial.Authority);

    private static bool IsBare(Uri uri) =>
        uri is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" } && uri.Host.Length > 0;
}
