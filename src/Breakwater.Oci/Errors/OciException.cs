namespace Breakwater.Oci;

/// <summary>
/// Ends a request with a row of the error table. What the client reads (<see cref="ClientMessage"/>, <see cref="Detail"/>) is
/// apart from what is logged (the inner exception): nothing of the latter reaches an answer.
/// </summary>
public class OciException : Exception
{
    /// <param name="error">The row.</param>
    /// <param name="clientMessage">What the client reads; null: the row's own message.</param>
    /// <param name="detail">What the client reads as <c>detail</c>; null: no detail. See <see cref="OciErrorBody"/> for what it may be.</param>
    /// <param name="inner">The cause, for the log only.</param>
    public OciException(OciErrorCode error, string? clientMessage = null, object? detail = null, Exception? inner = null)
        : base(Describe(error, clientMessage), inner)
    {
        Error = error;
        ClientMessage = clientMessage ?? error.Message;
        Detail = detail;
    }

    public OciErrorCode Error { get; }

    public string ClientMessage { get; }

    public object? Detail { get; }

    private static string Describe(OciErrorCode error, string? clientMessage)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"{error.Code}: {clientMessage ?? error.Message}";
    }
}
