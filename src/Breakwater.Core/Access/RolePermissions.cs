using System.Collections.Immutable;

namespace Breakwater.Core.Access;

/// <summary>What a role allows: <c>actions</c> less <c>notActions</c> on the management plane, <c>dataActions</c> less <c>notDataActions</c> on the data plane.</summary>
public sealed record RolePermissions
{
    public ImmutableArray<PermissionPattern> Actions { get; init; } = [];

    public ImmutableArray<PermissionPattern> NotActions { get; init; } = [];

    public ImmutableArray<PermissionPattern> DataActions { get; init; } = [];

    public ImmutableArray<PermissionPattern> NotDataActions { get; init; } = [];

    /// <summary>Whether it allows an action of the management plane.</summary>
    public bool Allows(string action) => Matches(Actions, action) && !Matches(NotActions, action);

    public bool AllowsDataAction(string dataAction) => Matches(DataActions, dataAction) && !Matches(NotDataActions, dataAction);

    /// <summary>Whether an action of the management plane opens the data plane too.</summary>
    internal bool AllowsOnData(DataPermission row) =>
        Actions.Any(pattern => pattern.OpensData && Opens(pattern, row, row.Legacy)) && !Matches(NotActions, row.Legacy);

    internal bool AllowsDataAction(DataPermission row) =>
        AllowsDataAction(row, row.DataAction) && (row.AlsoDataAction is not { } also || AllowsDataAction(row, also));

    private bool AllowsDataAction(DataPermission row, string dataAction) =>
        DataActions.Any(pattern => Opens(pattern, row, dataAction)) && !Matches(NotDataActions, dataAction);

    private static bool Opens(PermissionPattern pattern, DataPermission row, string permission) =>
        (!row.IsNamedOnly || !pattern.HasWildcard) && pattern.Matches(permission);

    private static bool Matches(ImmutableArray<PermissionPattern> patterns, string permission)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(permission))
                return true;
        }
        return false;
    }
}
