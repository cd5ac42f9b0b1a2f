using System.Net;
using Breakwater.Core.Access;

namespace Breakwater.Core.Audit;

/// <summary>
/// What happened, who did it and how it ended. Made on the way of a request, so it holds references to what is there anyway; texts that a
/// client chose are cleaned when it is written.
/// </summary>
/// <remarks>Never put a password, a token or a body here: names, ids and sizes only.</remarks>
public sealed record AuditRecord
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    public required AuditCategory Category { get; init; }

    /// <summary>A row of <see cref="AuditOperations"/>, or the action on the management plane.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP status that was answered; 0 when the outcome is not known.</summary>
    public required int Status { get; init; }

    /// <summary>Why it was refused, or what else is to be said. Null for an ordinary success.</summary>
    public string? Description { get; init; }

    /// <summary>Null when nobody signed in.</summary>
    public Guid? PrincipalId { get; init; }

    public PrincipalKind? PrincipalKind { get; init; }

    /// <summary>The principal's name at that time. Null for a name that nobody has: it may be a password typed into the wrong field.</summary>
    public string? Identity { get; init; }

    /// <summary><c>Password</c>, <c>Token</c> or null.</summary>
    public string? Credential { get; init; }

    public string? JwtId { get; init; }

    public IPAddress? CallerIp { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The same in every record of one request, and in its answer.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The host that the client spoke to.</summary>
    public string? LoginServer { get; init; }

    public long DurationMs { get; init; }

    public string? Repository { get; init; }

    /// <summary>Several are separated by commas.</summary>
    public string? Tag { get; init; }

    public string? Digest { get; init; }

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public long? SizeBytes { get; init; }

    /// <summary>
    /// On the management plane the resource id; else the name of the registry. Null in older records of content and sign-ins, from when there was one
    /// registry, and where none is concerned.
    /// </summary>
    public string? Resource { get; init; }

    /// <summary>How many equal events this stands for; more than 1 only for refusals that came in a burst and for records that were lost.</summary>
    public long Count { get; init; } = 1;
}
