using System.Net;
using System.Text.Json;
using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>
/// ARM's operations that go on after the answer: 201 or 202 with <c>Azure-AsyncOperation</c> or <c>Location</c>, which is asked until it is done.
/// https://github.com/cloud-and-ai-microsoft/resource-provider-contract/blob/master/v1.0/async-api-reference.md
/// </summary>
internal sealed class LongRunning(ApiClient api, TimeProvider clock)
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromMinutes(1);

    /// <param name="ifRevision">Refused with 412 at another one. Null: whichever it is.</param>
    /// <returns>The body of the last answer; null when it has none.</returns>
    public async Task<JsonElement?> RunAsync(HttpMethod method, string path, object? body, CancellationToken stop, string? ifRevision = null)
    {
        var first = await SendAsync(method, api.At(path), body, stop, ifRevision);
        if (first.Operation is { } operation)
        {
            while (await AskAsync(operation, first.Wait, stop) is { IsDone: false })
            {
            }
            return method == HttpMethod.Delete ? null : (await SendAsync(HttpMethod.Get, api.At(path), null, stop)).Body;
        }
        var last = first;
        while (last is { Status: HttpStatusCode.Accepted, Location: { } location })
        {
            await Task.Delay(last.Wait, clock, stop);
            var next = await SendAsync(HttpMethod.Get, location, null, stop);
            last = next with { Location = next.Location ?? location };
        }
        return last.Body;
    }

    private async Task<Step> AskAsync(Uri operation, TimeSpan wait, CancellationToken stop)
    {
        await Task.Delay(wait, clock, stop);
        var step = await SendAsync(HttpMethod.Get, operation, null, stop);
        var status = step.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("status", out var value) ? value.GetString() : null;
        if (status is not ("Failed" or "Canceled"))
            return step with { IsDone = status is "Succeeded" || (status is null && step.Status == HttpStatusCode.OK) };
        var text = ErrorText.Parse(JsonSerializer.SerializeToUtf8Bytes(step.Body!.Value));
        throw new BreakwaterException(ErrorKind.Failed, text.Message ?? $"The operation ended as {status}.") { Code = text.Code };
    }

    private async Task<Step> SendAsync(HttpMethod method, Uri address, object? body, CancellationToken stop, string? ifRevision = null)
    {
        using var answer = await api.SendAsync(method, address, body, stop, ifRevision);
        await Answers.RequireAsync(answer, stop);
        return new Step(answer.StatusCode, await ReadAsync(answer, stop), Link(answer, "Azure-AsyncOperation"), Link(answer, "Location"), WaitOf(answer), IsDone: false);
    }

    private static async Task<JsonElement?> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var bytes = await Bodies.ReadAsync(answer, Bodies.MaxJson, stop);
        try
        {
            return bytes.Length == 0 ? null : JsonSerializer.Deserialize<JsonElement>(bytes);
        }
        catch (JsonException e)
        {
            throw new BreakwaterException(ErrorKind.Failed, "The server's answer is no JSON.", "Is this a Breakwater server?", e);
        }
    }

    private Uri? Link(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? api.At(values.First()) : null;

    private static TimeSpan WaitOf(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta is { } wait ? (wait < LongestWait ? wait : LongestWait) : DefaultWait;

    private sealed record Step(HttpStatusCode Status, JsonElement? Body, Uri? Operation, Uri? Location, TimeSpan Wait, bool IsDone);
}
