namespace Breakwater.Client.Errors;

/// <summary>What went wrong, as far as a caller can act on it.</summary>
public enum ErrorKind
{
    Failed,

    /// <summary>The request itself is wrong: another one is needed.</summary>
    Invalid,
    NotFound,
    NotSignedIn,
    Refused,

    /// <summary>What is there stands in the way: it exists, is in use, is locked.</summary>
    Conflict,

    /// <summary>No name, no route, nobody listens, no answer in time.</summary>
    Unreachable,

    /// <summary>The server's certificate is not one that is trusted.</summary>
    Untrusted,

    /// <summary>Too many requests, or the server cannot serve now. Later it may.</summary>
    Busy,
}
