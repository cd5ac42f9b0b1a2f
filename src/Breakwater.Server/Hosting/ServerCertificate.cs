using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Hosting;

/// <summary>The certificate of the HTTPS listener. Changed files are taken without a restart; a broken pair leaves the last good one in use.</summary>
/// <remarks>
/// The files' content is compared, not their times: mounted secrets are replaced by moving links, and a copy may keep its old time. A pair
/// is replaced one file after the other, so between the two writes it does not fit; the next look finds both.
/// </remarks>
internal sealed class ServerCertificate : IDisposable
{
    /// <summary>The time between two looks at the files.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private static readonly int[] WarningDays = [30, 7, 1];

    private readonly CertificateFiles _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private volatile TlsPair _pair;
    private volatile SslServerAuthenticationOptions _options;
    private byte[] _lastSeen;
    private int _warnedAtDays = int.MaxValue;

    private readonly RegistryCertificates? _perHost;

    private ServerCertificate(CertificateFiles files, TlsPair pair, byte[] seen, RegistryDirectory registries, TimeProvider time, ILogger logger)
    {
        _perHost = files.Issue is { } issue ? new RegistryCertificates(issue, registries, OptionsFor, time) : null;
        (_files, _pair, _lastSeen, _time, _logger) = (files, pair, seen, time, logger);
        _options = OptionsFor(pair);
        _timer = time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);
        Announce();
    }

    /// <summary>What a new connection is given. One object serves all of them until the certificate changes, so that TLS sessions can be resumed.</summary>
    public SslServerAuthenticationOptions Options => _options;

    /// <param name="host">What the client names (SNI); empty when it names nothing.</param>
    public SslServerAuthenticationOptions OptionsFor(string host) => _perHost?.Find(host) ?? _options;

    /// <summary>The end of the certificate's validity.</summary>
    public DateTimeOffset ValidUntil => _pair.Certificate.NotAfter.ToUniversalTime();

    /// <exception cref="InvalidDataException">The files cannot be used; the message says why.</exception>
    public static ServerCertificate Open(CertificateFiles files, RegistryDirectory registries, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        files.Renew?.Invoke();
        var (certificate, key, seen) = Read(files);
        var pair = TlsPair.Parse(certificate, key, out var problem) ?? throw new InvalidDataException($"{files.Certificate}: {problem}");
        return new(files, pair, seen, registries, time, logger);
    }

    /// <summary>Looks at the files now. The timer calls it.</summary>
    internal void Poll()
    {
        try
        {
            _files.Renew?.Invoke();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException)
        {
            _logger.CertificateNotRenewed(problem.Message);
        }
        try
        {
            var (certificate, key, seen) = Read(_files);
            if (!seen.AsSpan().SequenceEqual(_lastSeen))
                Take(certificate, key, seen);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            RefuseOnce(SHA256.HashData(Encoding.UTF8.GetBytes(problem.Message)), problem.Message);
        }
        WarnBeforeEnd();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _pair.Dispose();
    }

    private void Take(string certificate, string key, byte[] seen)
    {
        if (TlsPair.Parse(certificate, key, out var problem) is not { } pair)
        {
            RefuseOnce(seen, problem!);
            return;
        }
        _lastSeen = seen;
        // The old pair is left to the collector: handshakes under way still use it.
        _pair = pair;
        _options = OptionsFor(pair);
        _warnedAtDays = int.MaxValue;
        Announce();
    }

    private void RefuseOnce(byte[] seen, string problem)
    {
        if (seen.AsSpan().SequenceEqual(_lastSeen))
            return;
        _lastSeen = seen;
        _logger.CertificateRefused(problem);
    }

    private void Announce() => _logger.CertificateLoaded(_pair.Certificate.Subject, ValidUntil);

    private void WarnBeforeEnd()
    {
        var days = (int)Math.Floor((ValidUntil - _time.GetUtcNow()).TotalDays);
        var threshold = WarningDays.Where(limit => days < limit).DefaultIfEmpty(int.MaxValue).Min();
        if (threshold >= _warnedAtDays)
            return;
        _warnedAtDays = threshold;
        _logger.CertificateEndsSoon(days, ValidUntil);
    }

    private static (string Certificate, string Key, byte[] Seen) Read(CertificateFiles files)
    {
        var certificate = File.ReadAllText(files.Certificate);
        var key = files.Key == files.Certificate ? certificate : File.ReadAllText(files.Key);
        return (certificate, key, SHA256.HashData(Encoding.UTF8.GetBytes(certificate + '\0' + key)));
    }

    private static SslServerAuthenticationOptions OptionsFor(TlsPair pair) => new()
    {
        ServerCertificateContext = pair.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CipherSuitesPolicy = TlsCiphers.Policy,
    };
}
