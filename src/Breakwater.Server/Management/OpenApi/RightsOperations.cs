using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Roles and their assignments, at each of the scopes that have them.</summary>
internal static class RightsOperations
{
    private const string Assignments = "/providers/Microsoft.Authorization/roleAssignments", Definitions = "/providers/Microsoft.Authorization/roleDefinitions";

    public static IEnumerable<Operation> All =>
        new[] { (Path: Subscription, Name: "Subscription"), (Path: Group, Name: "ResourceGroup"), (Path: RegistryOperations.One, Name: "Registry") }.SelectMany(scope => At(scope.Path, scope.Name));

    private static IEnumerable<Operation> At(string scope, string name) =>
    [
        List(scope + Assignments, $"RoleAssignments_ListFor{name}", "Lists who has which role.", Shapes.RoleAssignment, "$filter"),
        Get(scope + Assignments + "/{id}", $"RoleAssignments_GetFor{name}", "Shows a role assignment.", Shapes.RoleAssignment),
        Put(scope + Assignments + "/{id}", $"RoleAssignments_CreateFor{name}", "Gives a role.", Shapes.RoleAssignment),
        Delete(scope + Assignments + "/{id}", $"RoleAssignments_DeleteFor{name}", "Takes a role away."),
        List(scope + Definitions, $"RoleDefinitions_ListFor{name}", "Lists the roles that can be given here.", Shapes.RoleDefinition, "$filter"),
        Get(scope + Definitions + "/{id}", $"RoleDefinitions_GetFor{name}", "Shows a role.", Shapes.RoleDefinition),
        Put(scope + Definitions + "/{id}", $"RoleDefinitions_CreateOrUpdateFor{name}", "Makes or replaces a custom role.", Shapes.RoleDefinition),
        Delete(scope + Definitions + "/{id}", $"RoleDefinitions_DeleteFor{name}", "Deletes a custom role that nobody has."),
    ];
}
