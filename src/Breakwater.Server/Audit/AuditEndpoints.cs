using System.Buffers;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Server.Access;
using Breakwater.Server.Management;

namespace Breakwater.Server.Audit;

/// <summary>Reading the audit log: pages of JSON, or all of it as JSON lines.</summary>
internal sealed class AuditEndpoints(AuditReader reader, AuditColumnNames names)
{
    private const string JsonLines = "application/x-ndjson";

    private const int Slice = 500;

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", "/auditEvents", ManagementActions.AuditEventsList, ListAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var query = AuditQuery.Of(context);
        await reader.CatchUpAsync();
        if (context.Request.Headers.Accept.ToString().Contains(JsonLines, StringComparison.OrdinalIgnoreCase))
        {
            await ExportAsync(context, access, query);
            return;
        }
        var found = await reader.ListAsync(access, query.Filter, query.After, query.Limit + 1);
        var shown = found.Take(query.Limit).ToList();
        await ArmJson.WriteAsync(context, new
        {
            value = shown.Select(record => names.Of(record).ToDictionary()),
            nextLink = found.Count > query.Limit ? AuditQuery.NextLink(context, shown[^1].Sequence) : null,
        });
    }

    /// <summary>Without <c>$top</c> to the end. In slices, so that neither memory nor the database is held for long.</summary>
    private async Task ExportAsync(HttpContext context, ManagementAccess access, AuditQuery query)
    {
        context.Response.ContentType = JsonLines;
        context.Response.Headers.CacheControl = "no-store";
        var left = context.Request.Query.ContainsKey("$top") ? query.Limit : long.MaxValue;
        var after = query.After;
        while (left > 0)
        {
            var found = await reader.ListAsync(access, query.Filter, after, (int)Math.Min(Slice, left));
            foreach (var record in found)
                WriteLine(context.Response.BodyWriter, record);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            if (found.Count < Slice)
                return;
            (after, left) = (found[^1].Sequence, left - found.Count);
        }
    }

    private void WriteLine(IBufferWriter<byte> output, ChainedRecord record)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, names.Of(record).ToDictionary());
        }
        output.Write("\n"u8);
    }
}
