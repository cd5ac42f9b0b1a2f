using System.Data.Common;
using System.Net;
using Breakwater.Core.Access;

namespace Breakwater.Core.Audit;

/// <summary>How a record stands in a row. The order is that of the hash as well: a new column goes to the end, and into a new version of the encoding.</summary>
internal static class AuditColumns
{
    public static readonly IReadOnlyList<(string Name, Func<AuditRecord, object?> Value)> All =
    [
        ("time", r => r.Time.ToUnixTimeMilliseconds()),
        ("category", r => (long)r.Category),
        ("operation", r => r.Operation),
        ("status", r => (long)r.Status),
        ("description", r => r.Description),
        ("principal_id", r => r.PrincipalId?.ToString("N")),
        ("principal_kind", r => (long?)r.PrincipalKind),
        ("identity", r => r.Identity),
        ("credential", r => r.Credential),
        ("jwt_id", r => r.JwtId),
        ("caller_ip", r => r.CallerIp?.ToString()),
        ("user_agent", r => r.UserAgent),
        ("correlation_id", r => r.CorrelationId),
        ("login_server", r => r.LoginServer),
        ("duration_ms", r => r.DurationMs),
        ("repository", r => r.Repository),
        ("tag", r => r.Tag),
        ("digest", r => r.Digest),
        ("media_type", r => r.MediaType),
        ("artifact_type", r => r.ArtifactType),
        ("size_bytes", r => r.SizeBytes),
        ("resource", r => r.Resource),
        ("count", r => r.Count),
    ];

    /// <summary>For a statement: all of them, in order.</summary>
    public static readonly string Names = string.Join(", ", All.Select(column => column.Name));

    /// <param name="first">The ordinal of the first of the columns.</param>
    public static AuditRecord Read(DbDataReader row, int first = 0)
    {
        return new AuditRecord
        {
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(first)),
            Category = (AuditCategory)row.GetInt64(first + 1),
            Operation = Text(2) ?? "",
            Status = (int)row.GetInt64(first + 3),
            Description = Text(4),
            PrincipalId = Guid.TryParseExact(Text(5), "N", out var id) ? id : null,
            PrincipalKind = (PrincipalKind?)Number(6),
            Identity = Text(7),
            Credential = Text(8),
            JwtId = Text(9),
            CallerIp = IPAddress.TryParse(Text(10), out var address) ? address : null,
            UserAgent = Text(11),
            CorrelationId = Text(12),
            LoginServer = Text(13),
            DurationMs = row.GetInt64(first + 14),
            Repository = Text(15),
            Tag = Text(16),
            Digest = Text(17),
            MediaType = Text(18),
            ArtifactType = Text(19),
            SizeBytes = Number(20),
            Resource = Text(21),
            Count = row.GetInt64(first + 22),
        };

        string? Text(int column) => row.IsDBNull(first + column) ? null : row.GetString(first + column);
        long? Number(int column) => row.IsDBNull(first + column) ? null : row.GetInt64(first + column);
    }
}
