using System.Globalization;

namespace Breakwater.Client.Management;

/// <summary>What to show of the audit log; null does not filter. See docs/audit.md.</summary>
public sealed record AuditQuery
{
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Category { get; init; }

    public string? Operation { get; init; }

    public string? Identity { get; init; }

    public string? Repository { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>A status, or <c>succeeded</c>, or <c>failed</c>.</summary>
    public string? Result { get; init; }

    public bool NewestFirst { get; init; }

    /// <summary>Of one page, at most 1000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>As the query of an address.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] all =
        [
            ("from", Time(From)), ("until", Time(Until)), ("category", Category), ("operation", Operation), ("identity", Identity), ("repository", Repository),
            ("correlationId", CorrelationId), ("result", Result), ("order", NewestFirst ? "newest" : null), ("$top", PageSize.ToString(CultureInfo.InvariantCulture)),
        ];
        return "?" + string.Join('&', all.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
