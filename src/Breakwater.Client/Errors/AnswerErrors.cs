using System.Net;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Errors;

/// <summary>Makes an error of an answer that is none of the expected ones.</summary>
internal static class AnswerErrors
{
    private const int MaxBody = 64 * 1024;

    private static readonly string[] CorrelationHeaders = ["x-ms-correlation-request-id", "x-ms-request-id"];

    public static async Task<BreakwaterException> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var text = ErrorText.Parse(await ReadBodyAsync(answer, stop));
        var status = (int)answer.StatusCode;
        var kind = KindOf(answer.StatusCode, text.Code);
        var decision = Header(answer, "X-Breakwater-Decision");
        return new BreakwaterException(kind, text.Message ?? $"The server answered {status} {answer.ReasonPhrase} without saying why.", RemedyOf(kind, text.Code, decision, answer))
        {
            Code = text.Code,
            Status = status,
            CorrelationId = CorrelationHeaders.Select(name => Header(answer, name)).FirstOrDefault(value => value is not null),
            DecisionId = decision,
        };
    }

    // OAuth says "invalid_grant" with 400: the credentials, not the request, are wrong.
    private static ErrorKind KindOf(HttpStatusCode status, string? code) => code switch
    {
        "invalid_grant" or "invalid_client" or "expired_token" or "access_denied" => ErrorKind.NotSignedIn,
        "temporarily_unavailable" => ErrorKind.Busy,
        _ => (int)status switch
        {
            401 => ErrorKind.NotSignedIn,
            403 => ErrorKind.Refused,
            404 => ErrorKind.NotFound,
            405 or 409 or 412 => ErrorKind.Conflict,
            429 or 503 => ErrorKind.Busy,
            >= 400 and < 500 => ErrorKind.Invalid,
            _ => ErrorKind.Failed,
        },
    };

    private static string? RemedyOf(ErrorKind kind, string? code, string? decision, HttpResponseMessage answer) => kind switch
    {
        ErrorKind.Refused when decision is not null => $"'breakwater why {decision}' tells which right is missing.",
        ErrorKind.Refused => "Ask an owner for a role that allows it; 'breakwater why --principal … --action …' tells which.",
        // At the issuer it is the credentials that are wrong, and the message says which.
        ErrorKind.NotSignedIn when code?.StartsWith("invalid_", StringComparison.Ordinal) is not true => "Sign in again with 'breakwater login'.",
        ErrorKind.Busy when answer.Headers.RetryAfter?.Delta is { } wait => $"Try again in {Math.Max(1, (int)wait.TotalSeconds)} s.",
        ErrorKind.Busy => "Try again in a minute.",
        ErrorKind.Failed => "The server's log has the reason under the correlation id.",
        _ => null,
    };

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>The status alone says enough where the body cannot be read.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await Bodies.ReadAsync(answer, MaxBody, stop);
        }
        catch (BreakwaterException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
