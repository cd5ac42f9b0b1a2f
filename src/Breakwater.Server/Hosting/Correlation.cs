using System.Collections;
using System.Diagnostics;
using Breakwater.Server.Access;
using Breakwater.Server.Network;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Hosting;

/// <summary>Gives every request an id that the answer and the log carry. A client may bring its own, as ACR's tools do.</summary>
internal sealed class Correlation(RequestDelegate next, CorrelationIds ids, ILogger<Correlation> logger)
{
    public const string Header = "X-Ms-Correlation-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var id = ClientId(context) ?? ids.Next().ToString("D");
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        // Without a scope nothing but the id itself is allocated here.
        return logger.IsEnabled(LogLevel.Information) ? ScopedAsync(context, id) : next(context);
    }

    private async Task ScopedAsync(HttpContext context, string id)
    {
        using var scope = logger.BeginScope(new Scope(id));
        if (!logger.IsEnabled(LogLevel.Debug))
        {
            await next(context);
            return;
        }
        var start = Stopwatch.GetTimestamp();
        await next(context);
        // The target as sent: what a path decodes to may hold line ends. Without the query: people put passwords there.
        var target = RequestTarget.PathOf(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").ToString();
        var client = context.Connection.RemoteIpAddress;
        logger.RequestDone(context.Request.Method, target, context.Response.StatusCode, Stopwatch.GetElapsedTime(start).TotalMilliseconds, client, ProxyAddress.Of(context)?.Address ?? client);
    }

    private static string? ClientId(HttpContext context)
    {
        var values = context.Request.Headers[Header];
        // Parsed and written anew, so that only an id can come back and not whatever else was sent.
        return values.Count == 1 && Guid.TryParseExact(values[0], "D", out var id) ? id.ToString("D") : null;
    }

    /// <summary>One entry, named as structured logs want it.</summary>
    private sealed class Scope(string id) : IReadOnlyList<KeyValuePair<string, object>>
    {
        public int Count => 1;

        public KeyValuePair<string, object> this[int index] =>
            index == 0 ? new("CorrelationId", id) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
        {
            yield return this[0];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => id;
    }
}
