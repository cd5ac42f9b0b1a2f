namespace Breakwater.Cli.Commands.Roles;

/// <summary>OData filters of role assignments.</summary>
internal static class AssignmentFilter
{
    /// <param name="throughGroups">Also what the principal's groups have.</param>
    public static string Of(string principal, bool throughGroups) => throughGroups ? $"assignedTo('{principal}')" : $"principalId eq '{principal}'";
}
