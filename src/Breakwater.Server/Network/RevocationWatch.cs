using System.Security.Cryptography;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Network;

/// <summary>
/// The revocation lists of a file, read again when it changes. A changed file that cannot be used leaves the last good lists, which end on their own day.
/// </summary>
internal sealed class RevocationWatch : IDisposable
{
    /// <summary>The time between two looks at the file, as for the server's certificate.</summary>
    public static readonly TimeSpan PollInterval = ServerCertificate.PollInterval;

    /// <summary>Some hundred thousand entries, and a bound on what a slip can make the server read.</summary>
    private const long MaxBytes = 16 << 20;

    private readonly string _file;
    private readonly ClientAuthority _authority;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private volatile RevocationLists _current;
    private RevocationList[] _ended = [];
    private byte[] _lastSeen;

    private RevocationWatch(string file, ClientAuthority authority, byte[] content, TimeProvider time, ILogger logger)
    {
        (_file, _authority, _time, _logger) = (file, authority, time, logger);
        (_current, _lastSeen) = (RevocationLists.Read(content, authority), SHA256.HashData(content));
        Announce();
        TellEnds();
        _timer = time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);
    }

    public RevocationLists Current => _current;

    /// <exception cref="InvalidDataException">The file cannot be used; the message says why.</exception>
    public static RevocationWatch Open(string file, ClientAuthority authority, TimeProvider time, ILogger logger) => new(file, authority, Read(file), time, logger);

    /// <returns>What is wrong with the file; null when nothing is. A list that has ended is no fault of it: the clients are refused, not the start.</returns>
    public static string? ProblemOf(string file, ClientAuthority authority)
    {
        try
        {
            RevocationLists.Read(Read(file), authority);
            return null;
        }
        catch (InvalidDataException problem)
        {
            return problem.Message;
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Looks at the file now. The timer calls it.</summary>
    internal void Poll()
    {
        try
        {
            var content = Read(_file);
            if (!SHA256.HashData(content).AsSpan().SequenceEqual(_lastSeen))
                Take(content);
        }
        catch (InvalidDataException problem)
        {
            RefuseOnce(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(problem.Message)), problem.Message);
        }
        TellEnds();
    }

    private void Take(byte[] content)
    {
        var seen = SHA256.HashData(content);
        try
        {
            _current = RevocationLists.Read(content, _authority);
            _lastSeen = seen;
            Announce();
        }
        catch (InvalidDataException problem)
        {
            RefuseOnce(seen, problem.Message);
        }
    }

    private void RefuseOnce(byte[] seen, string problem)
    {
        if (seen.AsSpan().SequenceEqual(_lastSeen))
            return;
        _lastSeen = seen;
        _logger.RevocationsRefused(_file, problem);
    }

    private void Announce()
    {
        foreach (var list in _current.All)
            _logger.RevocationsLoaded(list.IssuerName, _file, list.Revoked.Count, list.NextUpdate);
    }

    // Once for each list.
    private void TellEnds()
    {
        var ended = _current.All.Where(list => list.NextUpdate <= _time.GetUtcNow()).ToArray();
        foreach (var list in ended.Except(_ended))
            _logger.RevocationsEnded(list.IssuerName, list.NextUpdate, _file);
        _ended = ended;
    }

    private static byte[] Read(string file)
    {
        try
        {
            return new FileInfo(file) is { Length: > MaxBytes } ? throw new InvalidDataException($"The file is larger than {MaxBytes >> 20} MiB.") : File.ReadAllBytes(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The file cannot be read: {problem.Message}");
        }
    }
}
