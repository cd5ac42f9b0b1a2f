using System.Collections.Concurrent;

namespace Breakwater.Server.Hosting;

/// <summary>Whether the server should be sent requests: started, not stopping, and nobody reports a problem.</summary>
internal sealed class Readiness(ILogger<Readiness> logger)
{
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal) { ["start"] = "the server is starting" };

    public bool IsReady => _problems.IsEmpty;

    /// <summary>What stands in the way, by check.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>Tells how a check stands. May be called as often as one likes; only changes are logged.</summary>
    /// <param name="check">A short name, such as <c>storage</c>.</param>
    /// <param name="problem">Why the server cannot serve, without secrets or paths; null when all is well.</param>
    public void Report(string check, string? problem)
    {
        if (problem is null)
        {
            if (_problems.TryRemove(check, out _))
                logger.ReadyAgain(check);
        }
        else if (_problems.TryAdd(check, problem))
        {
            logger.NotReady(check, problem);
        }
        else
        {
            _problems[check] = problem;
        }
    }

    /// <summary>The server takes requests.</summary>
    public void Started() => _problems.TryRemove("start", out _);

    /// <summary>The server stops and will not be ready again.</summary>
    public void Drain() => _problems["stop"] = "the server is stopping";
}
