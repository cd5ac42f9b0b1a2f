namespace Breakwater.Client.Errors;

/// <summary>A request that did not end well, in words for a person: what happened, and what to do about it.</summary>
public sealed class BreakwaterException(ErrorKind kind, string message, string? remedy = null, Exception? inner = null) : Exception(message, inner)
{
    public ErrorKind Kind { get; } = kind;

    /// <summary>What to do. Null where the message says it already.</summary>
    public string? Remedy { get; } = remedy;

    /// <summary>The server's code, such as <c>AuthorizationFailed</c> or <c>MANIFEST_UNKNOWN</c>; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>By which the server's log has the request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>By which the server explains the refusal: <c>GET /decisions/{id}</c>.</summary>
    public string? DecisionId { get; init; }
}
