using Breakwater.Client.Errors;

namespace Breakwater.Cli.Running;

/// <summary>How the program ends. Scripts depend on these: they are never given another meaning.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Anything that has no number of its own.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the request is wrong.</summary>
    public const int Usage = 2;

    public const int NotFound = 3;

    public const int NotSignedIn = 4;

    /// <summary>Signed in, without the right. 'breakwater why' explains it.</summary>
    public const int Refused = 5;

    /// <summary>What is there stands in the way: it exists, is in use, is locked.</summary>
    public const int Conflict = 6;

    /// <summary>No server, no answer.</summary>
    public const int Unreachable = 7;

    /// <summary>The server's certificate is not trusted.</summary>
    public const int Untrusted = 8;

    /// <summary>Too many requests, or the server cannot serve now.</summary>
    public const int Busy = 9;

    /// <summary>Ctrl+C: 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;

    public static int Of(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => Usage,
        ErrorKind.NotFound => NotFound,
        ErrorKind.NotSignedIn => NotSignedIn,
        ErrorKind.Refused => Refused,
        ErrorKind.Conflict => Conflict,
        ErrorKind.Unreachable => Unreachable,
        ErrorKind.Untrusted => Untrusted,
        ErrorKind.Busy => Busy,
        _ => Failed,
    };
}
