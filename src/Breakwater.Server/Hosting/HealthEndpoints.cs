using System.Text.Json;

namespace Breakwater.Server.Hosting;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it should be sent requests, or why not.</summary>
internal sealed class HealthEndpoints(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/healthz/live" => AnswerAsync(context, true, []),
        "/healthz/ready" => AnswerAsync(context, readiness.IsReady, readiness.Problems),
        _ => next(context),
    };

    private static async Task AnswerAsync(HttpContext context, bool good, IEnumerable<KeyValuePair<string, string>> problems)
    {
        context.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", good ? "ok" : "unavailable");
        json.WriteStartArray("reasons");
        foreach (var (check, reason) in problems.OrderBy(problem => problem.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("check", check);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
