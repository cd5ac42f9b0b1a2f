using System.Security.Cryptography;
using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>
/// A change of rights, settings or the directory: it begins when its trace is durable, and is answered when its record is. Without the log
/// nothing is changed.
/// </summary>
internal sealed class AuditedChange(AuditLog log, RequestRecords records, TimeProvider clock)
{
    /// <summary>Bytes; far more than any resource has.</summary>
    private const int MaxBody = 1 << 20;

    /// <summary>Makes a handler that changes something an audited one.</summary>
    public static ManagementHandler Wrap(string method, string action, ManagementHandler handler)
    {
        if (HttpMethods.IsGet(method))
            return handler;
        var rule = AuditRule.Management(action);
        return (context, access) => context.RequestServices.GetRequiredService<AuditedChange>().RunAsync(context, access, rule, handler);
    }

    private async Task RunAsync(HttpContext context, ManagementAccess access, AuditRule rule, ManagementHandler handler)
    {
        var start = clock.GetTimestamp();
        var body = await ReadAsync(context.Request, context.RequestAborted);
        try
        {
            var asked = ChangeDetail.OfRequest(body);
            var change = new StartedChange(await log.BeginAsync(records.Of(context, rule, start) with { Description = asked }));
            AuditTrail.Of(context).Change = change;
            context.Request.Body = new MemoryStream(body, writable: false);
            using var answer = new MemoryStream();
            await HoldAnswerAsync(context, answer, () => handler(context, access));
            change.IsRecorded = true;
            await log.WriteAsync(records.Of(context, rule, start) with { Description = ChangeDetail.OfAnswer(asked, Written(answer)) }, change.Id);
            // A 204 must have no body, not even an empty one.
            if (answer.Length > 0)
                await context.Response.Body.WriteAsync(Written(answer), context.RequestAborted);
            CryptographicOperations.ZeroMemory(answer.GetBuffer());
        }
        finally
        {
            // Both bodies may hold passwords.
            CryptographicOperations.ZeroMemory(body);
        }
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);

    private static async Task HoldAnswerAsync(HttpContext context, MemoryStream answer, Func<Task> handle)
    {
        var client = context.Response.Body;
        context.Response.Body = answer;
        try
        {
            await handle();
        }
        finally
        {
            context.Response.Body = client;
        }
    }

    /// <exception cref="OciException"><c>PayloadTooLarge</c></exception>
    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (buffer, length) = (new byte[Math.Clamp(request.ContentLength ?? 1024, 1, MaxBody + 1)], 0);
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > MaxBody)
                throw new OciException(OciErrors.PayloadTooLarge);
            if (length == buffer.Length)
                Grow(ref buffer);
        }
        var body = buffer[..length];
        CryptographicOperations.ZeroMemory(buffer);
        return body;
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = new byte[Math.Min(buffer.Length * 2, MaxBody + 1)];
        buffer.CopyTo(larger, 0);
        CryptographicOperations.ZeroMemory(buffer);
        buffer = larger;
    }
}
