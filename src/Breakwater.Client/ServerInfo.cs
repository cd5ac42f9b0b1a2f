using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Client;

/// <summary>What a server says of itself to everybody: <c>GET /metadata/endpoints</c>.</summary>
/// <param name="Tenant">The installation's id.</param>
/// <param name="Time">Its clock, by the answer's <c>Date</c>; null when it has none.</param>
public sealed record ServerInfo(string Tenant, DateTimeOffset? Time)
{
    /// <exception cref="BreakwaterException">There is no server, or no Breakwater.</exception>
    public static async Task<ServerInfo> GetAsync(HttpChannel channel, ServerAddress server, CancellationToken stop)
    {
        using var answer = await channel.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(server.Uri, "/metadata/endpoints?api-version=2022-09-01")), stop);
        if (!answer.IsSuccessStatusCode)
            throw Stranger(server, null);
        try
        {
            var body = await Answers.ReadAsync<Body>(answer, stop);
            return Guid.TryParse(body.Authentication?.Tenant, out var tenant) ? new ServerInfo(tenant.ToString("D"), answer.Headers.Date) : throw Stranger(server, null);
        }
        catch (BreakwaterException e) when (e.InnerException is JsonException or NotSupportedException)
        {
            throw Stranger(server, e);
        }
    }

    private static BreakwaterException Stranger(ServerAddress server, Exception? inner) =>
        new(ErrorKind.Invalid, $"{server} is no Breakwater server.", "Give its address as the first screen of the server shows it, such as https://localhost:5443.", inner);

    private sealed record Body([property: JsonPropertyName("authentication")] AuthenticationPart? Authentication);

    private sealed record AuthenticationPart(string? Tenant);
}
