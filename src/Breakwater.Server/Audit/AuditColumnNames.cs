using System.Globalization;
using Breakwater.Core.Audit;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>
/// A record by the names of ACR's columns, and ours behind them. Queries, JSON lines and OTLP show the same.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/azure/azure-monitor/reference/tables/containerregistryloginevents and
/// https://learn.microsoft.com/azure/azure-monitor/reference/tables/containerregistryrepositoryevents
/// </remarks>
/// <param name="registries">The first of them is the one of records that name none.</param>
internal sealed class AuditColumnNames(InstallationScope installation, RegistryDirectory registries)
{
    /// <summary>There is one place where an installation stands, and it has no name.</summary>
    private const string Region = "local";

    public static string NameOf(AuditCategory category) => category switch
    {
        AuditCategory.Login => "ContainerRegistryLoginEvents",
        AuditCategory.Repository => "ContainerRegistryRepositoryEvents",
        _ => "ContainerRegistryAdministrationEvents",
    };

    public static AuditCategory? CategoryOf(string name) =>
        Enum.GetValues<AuditCategory>().Cast<AuditCategory?>().FirstOrDefault(category => NameOf(category!.Value).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Only columns that have a value.</summary>
    public List<KeyValuePair<string, object?>> Of(ChainedRecord chained)
    {
        var record = chained.Record;
        var columns = new List<KeyValuePair<string, object?>>(32)
        {
            new("TimeGenerated", record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new("Category", NameOf(record.Category)),
            new("OperationName", record.Operation),
            new("ResultType", record.Status == 0 ? "Unknown" : record.Status.ToString(CultureInfo.InvariantCulture)),
            new("ResultDescription", record.Description),
            new("Identity", record.Identity),
            new("CallerIpAddress", record.CallerIp?.ToString()),
            new("UserAgent", record.UserAgent),
            new("CorrelationId", record.CorrelationId),
            new("DurationMs", record.DurationMs),
            new("LoginServer", record.LoginServer),
            new("Region", Region),
        };
        AddOwn(columns, record);
        columns.Add(new("Type", NameOf(record.Category)));
        columns.Add(new("TenantId", installation.InstallationId.ToString("D")));
        columns.Add(new("_ResourceId", record.Resource is ['/', ..] ? record.Resource : installation.IdOfRegistry(record.Resource ?? registries.First.Name, registries)));
        columns.Add(new("_SubscriptionId", installation.InstallationId.ToString("D")));
        AddOurs(columns, chained);
        columns.RemoveAll(column => column.Value is null);
        return columns;
    }

    private void AddOwn(List<KeyValuePair<string, object?>> columns, AuditRecord record)
    {
        if (record.Category != AuditCategory.Repository)
        {
            columns.Add(new("JwtId", record.JwtId));
            return;
        }
        columns.Add(new("Repository", record.Repository));
        columns.Add(new("Tag", record.Tag));
        columns.Add(new("Digest", record.Digest));
        columns.Add(new("MediaType", record.MediaType));
        columns.Add(new("ArtifactType", record.ArtifactType));
        columns.Add(new("Size", record.SizeBytes));
        columns.Add(new("UserTenantId", record.PrincipalId is null ? null : installation.InstallationId.ToString("D")));
    }

    private static void AddOurs(List<KeyValuePair<string, object?>> columns, ChainedRecord chained)
    {
        columns.Add(new("PrincipalId", chained.Record.PrincipalId?.ToString("D")));
        columns.Add(new("PrincipalType", chained.Record.PrincipalKind?.ToString()));
        columns.Add(new("CredentialType", chained.Record.Credential));
        columns.Add(new("Count", chained.Record.Count));
        columns.Add(new("Sequence", chained.Sequence));
        columns.Add(new("Hash", Convert.ToHexStringLower(chained.Hash.Span)));
    }
}
