using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Policies;

/// <summary>The columns of <c>registry</c> that hold its policies.</summary>
internal sealed record PolicyRow
{
    private const string Select =
        """
        SELECT id, signing_required, signing_attestations, write_once_tags, anonymous_repositories, refuses_arm_tokens, retention_days, retention_since, retention_updated_at,
            soft_delete, soft_delete_days, soft_delete_updated_at
        FROM registry
        """;

    public Guid Id { get; init; }

    public bool SigningRequired { get; init; }

    public bool SigningAttestations { get; init; }

    public string WriteOnceTags { get; init; } = "";

    public string AnonymousRepositories { get; init; } = "";

    public bool RefusesArmTokens { get; init; }

    public int RetentionDays { get; init; } = RetentionPolicy.DefaultDays;

    public DateTimeOffset? RetentionSince { get; init; }

    public DateTimeOffset? RetentionUpdatedAt { get; init; }

    public bool SoftDelete { get; init; }

    public int SoftDeleteDays { get; init; } = SoftDeletePolicy.DefaultDays;

    public DateTimeOffset? SoftDeleteUpdatedAt { get; init; }

    /// <summary>As they stand in the database now; in a transaction of the writer nothing can come between them and the change that they judge.</summary>
    public static RegistryPolicies Read(DbConnection db, Guid registryId) => db.QueryFirst<PolicyRow>($"{Select} WHERE id = @registryId", new { registryId }).ToPolicies();

    /// <summary>Those of all registries, by their ids.</summary>
    public static IReadOnlyDictionary<Guid, RegistryPolicies> ReadAll(DbConnection db) => db.Query<PolicyRow>(Select).ToDictionary(row => row.Id, row => row.ToPolicies());

    public static int Write(DbConnection db, Guid registryId, RegistryPolicies policies) => db.Execute(
        """
        UPDATE registry SET signing_required = @Required, signing_attestations = @IncludeAttestations, write_once_tags = @rules, anonymous_repositories = @open,
            refuses_arm_tokens = @RefusesManagementTokens, retention_days = @Days, retention_since = @Since, retention_updated_at = @UpdatedAt,
            soft_delete = @IsEnabled, soft_delete_days = @softDeleteDays, soft_delete_updated_at = @softDeleteUpdatedAt
        WHERE id = @registryId
        """,
        new
        {
            policies.Signing.Required,
            policies.Signing.IncludeAttestations,
            policies.RefusesManagementTokens,
            policies.Retention.Days,
            policies.Retention.Since,
            policies.Retention.UpdatedAt,
            policies.SoftDelete.IsEnabled,
            softDeleteDays = policies.SoftDelete.Days,
            softDeleteUpdatedAt = policies.SoftDelete.UpdatedAt,
            rules = string.Join('\n', policies.WriteOnce),
            open = string.Join('\n', policies.AnonymousRepositories),
            registryId,
        });

    /// <summary>The patterns of a column.</summary>
    public static IEnumerable<string> Lines(string column) => column.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private RegistryPolicies ToPolicies() => this == new PolicyRow { Id = Id } ? RegistryPolicies.None : new RegistryPolicies
    {
        RefusesManagementTokens = RefusesArmTokens,
        Signing = new SigningPolicy(SigningRequired, SigningAttestations),
        WriteOnce = [.. Lines(WriteOnceTags).Select(line => line.Split(' ')).Select(parts => new WriteOnceRule(parts[0], parts[1]))],
        AnonymousRepositories = [.. Lines(AnonymousRepositories)],
        Retention = new RetentionPolicy(RetentionDays, RetentionSince, RetentionUpdatedAt),
        SoftDelete = new SoftDeletePolicy(SoftDelete, SoftDeleteDays, SoftDeleteUpdatedAt),
    };
}
