using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Access;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>A row of <c>role_definition</c>.</summary>
internal sealed record CustomRoleRow
{
    private const string Select =
        """
        SELECT id, name, description, actions, not_actions, data_actions, not_data_actions, scopes, created_at, created_by, updated_at, updated_by
        FROM role_definition
        """;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? Description { get; init; }
    public required string Actions { get; init; }
    public required string NotActions { get; init; }
    public required string DataActions { get; init; }
    public required string NotDataActions { get; init; }
    public required string Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Guid UpdatedBy { get; init; }

    public static CustomRoleRow Of(Guid id, CustomRoleContent content, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        Name = content.Name,
        Description = content.Description,
        Actions = Join(content.Permissions.Actions),
        NotActions = Join(content.Permissions.NotActions),
        DataActions = Join(content.Permissions.DataActions),
        NotDataActions = Join(content.Permissions.NotDataActions),
        Scopes = string.Join('\n', content.Scopes.Distinct()),
        CreatedAt = now,
        CreatedBy = by,
        UpdatedAt = now,
        UpdatedBy = by,
    };

    /// <param name="where">A condition, or empty for all.</param>
    public static Task<IEnumerable<CustomRoleRow>> QueryAsync(DbConnection db, string where, object? parameters) =>
        db.QueryAsync<CustomRoleRow>($"{Select} {where}", parameters);

    public static CustomRoleRow? Find(DbConnection db, Guid id) => db.QuerySingleOrDefault<CustomRoleRow>($"{Select} WHERE id = @id", new { id });

    public CustomRole ToRole() => new()
    {
        Role = ToDefinition(),
        Description = Description,
        // A scope that this version cannot read is none.
        Scopes = [.. Split(Scopes).Select(RoleScope.TryParse).OfType<RoleScope>()],
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
        UpdatedAt = UpdatedAt,
        UpdatedBy = UpdatedBy,
    };

    public RoleDefinition ToDefinition() => new(
        Id,
        Name,
        new RolePermissions { Actions = Patterns(Actions), NotActions = Patterns(NotActions), DataActions = Patterns(DataActions), NotDataActions = Patterns(NotDataActions) },
        isCustom: true);

    private static string Join(IEnumerable<PermissionPattern> patterns) => string.Join('\n', patterns.Select(pattern => pattern.Text).Distinct(StringComparer.OrdinalIgnoreCase));

    private static ImmutableArray<PermissionPattern> Patterns(string lines) => [.. Split(lines).Select(line => new PermissionPattern(line))];

    private static string[] Split(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
