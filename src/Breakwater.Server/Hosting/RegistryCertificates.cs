using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Hosting;

/// <summary>
/// Certificates of the local CA for registries' own hosts, made when a client first names one (SNI, RFC 6066 section 3). One for all of them would
/// be issued anew with every registry; and a wildcard below a domain of one label, as localhost is, counts for nothing with OpenSSL.
/// </summary>
internal sealed class RegistryCertificates(Func<string, string> issue, RegistryDirectory registries, Func<TlsPair, SslServerAuthenticationOptions> optionsOf, TimeProvider time)
{
    // Beyond so many hosts in use they are made anew now and then; only registries' names count, so nobody can fill it with others.
    private const int MaxKept = 1000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null for a host that is no registry's own.</returns>
    public SslServerAuthenticationOptions? Find(string host)
    {
        if (registries.FindByHost(host) is null && registries.FindByDataHost(host) is null)
            return null;
        if (_kept.TryGetValue(host, out var kept) && time.GetUtcNow() < kept.Until)
            return kept.Options;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        return Issue(host) is { } pair ? (_kept[host] = new Kept(optionsOf(pair), time.GetUtcNow() + KeptFor)).Options : null;
    }

    private TlsPair? Issue(string host)
    {
        try
        {
            var pem = issue(host);
            return TlsPair.Parse(pem, pem, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException)
        {
            // The server's own certificate stands in; its renewal reports what is wrong with the CA.
            return null;
        }
    }

    private sealed record Kept(SslServerAuthenticationOptions Options, DateTimeOffset Until);
}
