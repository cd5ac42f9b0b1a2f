using System.Text.Json;
using Breakwater.Client.Errors;

namespace Breakwater.Client.Transport;

/// <summary>Reads answers, or makes errors of them.</summary>
internal static class Answers
{
    public static async Task RequireAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        if (!answer.IsSuccessStatusCode)
            throw await AnswerErrors.ReadAsync(answer, stop);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        await RequireAsync(answer, stop);
        try
        {
            return JsonSerializer.Deserialize<T>(await Bodies.ReadAsync(answer, Bodies.MaxJson, stop), WireJson.Options) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new BreakwaterException(ErrorKind.Failed, $"{answer.RequestMessage?.RequestUri?.Authority} answered something that is no {typeof(T).Name}.", "Is this a Breakwater server, and not older or newer than this program?", e);
        }
    }
}
