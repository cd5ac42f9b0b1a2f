using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Storage;
using Breakwater.Core.Tiers;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Hosting;
using Breakwater.Server.Management;
using Breakwater.Server.Network;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Errors;

/// <summary>
/// The one translation of failures into answers. What the client reads comes from the error table; everything else about an exception
/// goes to the log only.
/// </summary>
internal sealed class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (Exception e) when (IsClientGone(context, e))
        {
            // Nobody is there to read an answer; and if somebody is, an unfinished one must not look like a 200.
            context.Abort();
        }
        catch (Exception e)
        {
            await AnswerAsync(context, e);
        }
    }

    private static bool IsClientGone(HttpContext context, Exception e) =>
        e is ConnectionResetException or ConnectionAbortedException
        || (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException);

    private Task AnswerAsync(HttpContext context, Exception e)
    {
        if (e is CorruptObjectException corrupt)
            IntegrityAlarm.Raise(logger, corrupt, CorrelationId(context));
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            if (e is NetworkEndedException)
                ErrorLog.TransferEnded(logger, context.Request.Method, PathOf(context), context.Connection.RemoteIpAddress, CorrelationId(context));
            else
                ErrorLog.AnswerCut(logger, e, context.Request.Method, PathOf(context), CorrelationId(context));
            context.Abort();
            return Task.CompletedTask;
        }
        var refusal = Translate(e);
        Log(context, refusal.Error, e);
        if (refusal.Error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            OciAnswer.SetRetryAfter(context.Response, RetryAfter);
        if (e is AccessDeniedException denied)
            DecisionHeader.Set(context, denied);
        else if (e is DisallowedException disallowed)
            DecisionHeader.Set(context, disallowed);
        // The rest of the body is not waited for.
        if (e is NetworkEndedException && !HttpProtocol.IsHttp2(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        // RFC 9110, 15.5.6: a 405 says what the resource takes at present.
        if (refusal.Error == OciErrors.OperationDisallowed)
            context.Response.Headers.Allow = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? "" : "GET, HEAD";
        return OciAnswer.WriteAsync(context, refusal.Error, refusal.ClientMessage, refusal.Detail);
    }

    private static OciException Translate(Exception e) => e switch
    {
        OciException known => known,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new OciException(OciErrors.PayloadTooLarge),
        BadHttpRequestException bad => new OciException(OciErrors.RequestMalformed with { Status = bad.StatusCode }, MessageOf(bad)),
        InvalidValueException invalid => new OciException(OciErrors.BadRequest, invalid.Message),
        BeyondTierException beyond => new OciException(beyond.IsQuota ? ManagementErrors.QuotaExceeded : ManagementErrors.NotInTier, beyond.Message),
        KeyUnavailableException closed => closed.ToOciException(),
        _ => new OciException(OciErrors.Internal),
    };

    private static string MessageOf(BadHttpRequestException e) => e.StatusCode == StatusCodes.Status408RequestTimeout
        ? "The body came too slowly or not at all. Send the request again."
        : "The request's body is malformed or incomplete. Send the request again.";

    private void Log(HttpContext context, OciErrorCode error, Exception e)
    {
        if (error.Status == StatusCodes.Status503ServiceUnavailable)
            ErrorLog.ServiceRefused(logger, e, context.Request.Method, PathOf(context), error.Status, error.Code, CorrelationId(context));
        else if (error.Status >= StatusCodes.Status500InternalServerError)
            ErrorLog.RequestFailed(logger, e, context.Request.Method, PathOf(context), CorrelationId(context));
    }

    private static string PathOf(HttpContext context) => context.Request.Path.Value ?? "";

    private static string CorrelationId(HttpContext context) =>
        context.Response.Headers[Correlation.Header] is [{ } id] ? id : context.TraceIdentifier;
}
