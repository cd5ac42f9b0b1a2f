using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Breakwater.Core.Network;

namespace Breakwater.Core.Keys;

/// <summary>What key stores that are asked over HTTP have in common: the guarded client, and answers that need not be JSON.</summary>
public static class KeyStoreHttp
{
    /// <param name="ca">A file with the only authorities that are trusted; null: those of the system.</param>
    public static HttpClient Create(KeyStoreEntry entry, string? ca)
    {
        if (ca is null)
            return OutgoingHttp.Create(entry.Guard, null);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(entry.PathOf(ca));
        return OutgoingHttp.Create(entry.Guard, authorities);
    }

    /// <returns>Null for what is not JSON, as proxies answer.</returns>
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
