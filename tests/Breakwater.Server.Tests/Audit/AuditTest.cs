using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;
using Breakwater.Server.Tests.Management;

namespace Breakwater.Server.Tests.Audit;

/// <summary>Reads the log as its users do.</summary>
public abstract class AuditTest(AccessHost host) : ManagementTest(host)
{
    protected static string Events => $"{Registry}/auditEvents{Version}";

    protected async Task<IReadOnlyList<JsonNode>> FindAsync(string filter) =>
        [.. ((await CallAsync(HttpStatusCode.OK, "GET", $"{Events}&$top=1000&{filter}"))!["value"]!).AsArray().Select(node => node!)];

    /// <summary>The records of one request, by the id in its answer.</summary>
    protected async Task<IReadOnlyList<JsonNode>> OfAsync(HttpResponseMessage answer) =>
        await FindAsync($"correlationId={answer.Headers.GetValues("X-Ms-Correlation-Request-Id").Single()}");

    protected async Task<IReadOnlyList<JsonNode>> RecordsOfAsync(string method, string path, System.Net.Http.Headers.AuthenticationHeaderValue? authorization)
    {
        using var answer = await Host.SendAsync(method, path, authorization);
        return await OfAsync(answer);
    }

    protected static string? Text(JsonNode record, string column) => (string?)record[column];
}
