using Breakwater.Core.Audit;

namespace Breakwater.Server.Audit;

/// <summary>What a method of a route means in the audit log.</summary>
internal sealed record AuditRule(AuditCategory Category, string Operation, AuditedOutcomes Outcomes)
{
    private const string ReadSuffix = "/read";

    public static readonly AuditRule
        SignIn = new(AuditCategory.Login, AuditOperations.Login, AuditedOutcomes.None),
        Login = new(AuditCategory.Login, AuditOperations.Login, AuditedOutcomes.All),
        Pull = new(AuditCategory.Repository, AuditOperations.Pull, AuditedOutcomes.Content),
        Push = new(AuditCategory.Repository, AuditOperations.Push, AuditedOutcomes.Creation),
        Delete = new(AuditCategory.Repository, AuditOperations.Delete, AuditedOutcomes.All),
        Untag = new(AuditCategory.Repository, AuditOperations.Untag, AuditedOutcomes.All),
        Restore = new(AuditCategory.Repository, AuditOperations.Restore, AuditedOutcomes.All),
        Update = new(AuditCategory.Repository, AuditOperations.Update, AuditedOutcomes.All),
        Read = new(AuditCategory.Repository, AuditOperations.Read, AuditedOutcomes.Refusals);

    /// <summary>An action of the management plane. Reading has no record unless it is refused; reading secrets or this log is no <c>read</c>.</summary>
    public static AuditRule Management(string action) => new(
        AuditCategory.Administration, action, action.EndsWith(ReadSuffix, StringComparison.OrdinalIgnoreCase) ? AuditedOutcomes.Refusals : AuditedOutcomes.All);

    /// <param name="hasCredentials">Without any, 401 is the protocol's first step and nothing was refused.</param>
    public bool Covers(int status, bool hasCredentials) => Outcomes != AuditedOutcomes.None && status switch
    {
        StatusCodes.Status401Unauthorized => hasCredentials,
        StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests => true,
        StatusCodes.Status200OK or StatusCodes.Status206PartialContent => Outcomes is AuditedOutcomes.Content or AuditedOutcomes.All,
        StatusCodes.Status201Created or >= StatusCodes.Status400BadRequest => Outcomes is AuditedOutcomes.Creation or AuditedOutcomes.All,
        _ => Outcomes == AuditedOutcomes.All,
    };
}
