using System.Net.Http.Json;
using System.Text.Json;

namespace Breakwater.Core.Network;

/// <summary>Answers of services that speak JSON, but whose proxies need not.</summary>
public static class OutgoingJson
{
    /// <returns>Null for what is not JSON.</returns>
    public static async Task<JsonElement?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
