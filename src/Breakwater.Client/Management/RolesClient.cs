using Breakwater.Client.Errors;

namespace Breakwater.Client.Management;

/// <summary>Roles, and who has them where. A scope is the resource id of the subscription, a resource group or a registry.</summary>
public sealed class RolesClient(ManagementClient management)
{
    private const string Definitions = "/providers/Microsoft.Authorization/roleDefinitions", Assignments = "/providers/Microsoft.Authorization/roleAssignments";

    /// <param name="filter">OData, such as <c>principalId eq 'ID'</c> or <c>atScope()</c>; null for all.</param>
    public IAsyncEnumerable<ArmResource<RoleAssignmentProperties>> ListAssignmentsAsync(string scope, string? filter, CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<RoleAssignmentProperties>>(At(scope + Assignments + (filter is null ? "" : "?$filter=" + Uri.EscapeDataString(filter))), stop);

    public Task<ArmResource<RoleAssignmentProperties>> AssignAsync(string scope, string id, RoleAssignmentProperties properties, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<RoleAssignmentProperties>>(HttpMethod.Put, At($"{scope}{Assignments}/{Uri.EscapeDataString(id)}"), new { properties }, stop);

    /// <param name="resourceId">Of the assignment, scope and all.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> UnassignAsync(string resourceId, CancellationToken stop) => management.DeleteAsync(resourceId, ManagementClient.AuthorizationVersion, stop);

    public IAsyncEnumerable<ArmResource<RoleDefinitionProperties>> ListDefinitionsAsync(string scope, CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<RoleDefinitionProperties>>(At(scope + Definitions), stop);

    public Task<ArmResource<RoleDefinitionProperties>> DefineAsync(string scope, string id, RoleDefinitionProperties properties, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<RoleDefinitionProperties>>(HttpMethod.Put, At($"{scope}{Definitions}/{Uri.EscapeDataString(id)}"), new { properties }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteDefinitionAsync(string scope, string id, CancellationToken stop) =>
        management.DeleteAsync($"{scope}{Definitions}/{Uri.EscapeDataString(id)}", ManagementClient.AuthorizationVersion, stop);

    /// <summary>A role by its name or its id.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotFound"/></exception>
    public async Task<ArmResource<RoleDefinitionProperties>> FindAsync(string scope, string nameOrId, CancellationToken stop)
    {
        await foreach (var role in ListDefinitionsAsync(scope, stop))
        {
            if (role.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || nameOrId.Equals(role.Properties?.RoleName, StringComparison.OrdinalIgnoreCase))
                return role;
        }
        throw new BreakwaterException(ErrorKind.NotFound, $"There is no role '{nameOrId}' that can be given there.", "'breakwater role definition list' shows all roles.");
    }

    private static string At(string path) => ManagementClient.Versioned(path, ManagementClient.AuthorizationVersion);
}
