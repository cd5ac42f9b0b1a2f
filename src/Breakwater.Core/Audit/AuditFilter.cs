namespace Breakwater.Core.Audit;

/// <summary>Which records are asked for. A null member asks for all.</summary>
public sealed record AuditFilter
{
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    public AuditCategory? Category { get; init; }

    public string? Operation { get; init; }

    /// <summary>A principal's name or id.</summary>
    public string? Identity { get; init; }

    /// <summary>The name of a registry, in any case: what happened in it, and changes of it.</summary>
    public string? Registry { get; init; }

    public string? Repository { get; init; }

    public string? CorrelationId { get; init; }

    public int? Status { get; init; }

    /// <summary>True: refused or failed; false: succeeded.</summary>
    public bool? Failed { get; init; }

    public bool NewestFirst { get; init; }
}
