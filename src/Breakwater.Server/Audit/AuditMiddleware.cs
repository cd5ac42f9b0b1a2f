using Breakwater.Core.Audit;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>
/// Turns finished requests into records. It stands outside of the error middleware, and so sees what was really answered. A pull costs one
/// record, put into a queue.
/// </summary>
internal sealed class AuditMiddleware(RequestDelegate next, AuditLog log, RequestRecords records, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        var start = clock.GetTimestamp();
        var handling = next(context);
        if (!handling.IsCompletedSuccessfully)
            return FinishAsync(context, handling, start);
        var recording = RecordAsync(context, start);
        return recording.IsCompletedSuccessfully ? Task.CompletedTask : recording.AsTask();
    }

    private async Task FinishAsync(HttpContext context, Task handling, long start)
    {
        await handling;
        await RecordAsync(context, start);
    }

    private ValueTask RecordAsync(HttpContext context, long start)
    {
        // No endpoint: no such route, or refused for the path's form alone.
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedRoute>()?.For(context.Request.Method) is not { } rule)
            return ValueTask.CompletedTask;
        var trail = context.Features.Get<AuditTrail>();
        if (trail?.Change is { } change)
            return new ValueTask(EndAsync(context, rule, change, start));
        if (trail is not null && SignInOf(rule, trail) is { } status)
            log.Enqueue(records.OfSignIn(context, trail, status, start));
        return IsRefusedSignIn(rule, trail) ? ValueTask.CompletedTask : RecordAsync(context, rule, trail, start);
    }

    private ValueTask RecordAsync(HttpContext context, AuditRule rule, AuditTrail? trail, long start)
    {
        var status = context.Response.StatusCode;
        if (!rule.Covers(status, context.Request.Headers.Authorization.Count > 0 || trail?.SignIn is not null))
            return ValueTask.CompletedTask;
        var record = rule == AuditRule.Login && trail is not null && status != StatusCodes.Status200OK && IsRefusal(trail.SignIn)
            ? records.OfSignIn(context, trail, trail.SignIn!.Value, start)
            : records.Of(context, rule, start);
        if (status < StatusCodes.Status400BadRequest && rule.Outcomes is AuditedOutcomes.Creation or AuditedOutcomes.All)
            return log.EnqueueAsync(record, CancellationToken.None);
        log.Enqueue(record);
        return ValueTask.CompletedTask;
    }

    /// <summary>A change that failed: it has a durable trace already, so that nobody waits for more than the outcome.</summary>
    private async Task EndAsync(HttpContext context, AuditRule rule, StartedChange change, long start)
    {
        if (change.IsRecorded)
            return;
        change.IsRecorded = true;
        try
        {
            await log.WriteAsync(records.Of(context, rule, start), change.Id);
        }
        catch (OciException)
        {
            // The log said so, and keeps the record to try again.
        }
    }

    /// <summary>Not for the token endpoint: there the sign-in is the operation itself.</summary>
    private static AuthenticationStatus? SignInOf(AuditRule rule, AuditTrail trail)
    {
        if (rule == AuditRule.Login)
            return null;
        return trail.SignIn ?? (trail.Refused == AuthenticationStatus.Malformed ? trail.Refused : null);
    }

    private static bool IsRefusedSignIn(AuditRule rule, AuditTrail? trail) => rule != AuditRule.Login && IsRefusal(trail?.Refused);

    private static bool IsRefusal(AuthenticationStatus? status) =>
        status is AuthenticationStatus.Malformed or AuthenticationStatus.WrongPassword or AuthenticationStatus.InvalidToken or AuthenticationStatus.TooMany;
}
