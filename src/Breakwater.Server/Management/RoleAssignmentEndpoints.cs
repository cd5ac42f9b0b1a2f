using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's role assignments. https://learn.microsoft.com/rest/api/authorization/role-assignments</summary>
internal sealed class RoleAssignmentEndpoints(RoleAssignments assignments, RegistryDirectory registries, InstallationScope installation)
{
    private const string Tail = "/providers/Microsoft.Authorization/roleAssignments";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapAtScopes("GET", Tail, ManagementActions.RoleAssignmentsRead, ListAsync)
        .MapAtScopes("GET", Tail + "/{id}", ManagementActions.RoleAssignmentsRead, GetAsync)
        .MapAtScopes("PUT", Tail + "/{id}", ManagementActions.RoleAssignmentsWrite, PutAsync)
        .MapAtScopes("DELETE", Tail + "/{id}", ManagementActions.RoleAssignmentsDelete, DeleteAsync);

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var filter = ODataFilter.Parse(context).Allow("principalId", "assignedTo", "atScope");
        var wanted = new RoleAssignmentFilter(PrincipalIn(filter, "principalId"), PrincipalIn(filter, "assignedTo"), filter.Value("atScope") is not null);
        var after = Guid.Empty;
        if (ArmPage.After(context) is { } token && !Guid.TryParse(token, out after))
            throw new OciException(ManagementErrors.InvalidRequest, "$skipToken is not one of ours. Follow nextLink as it is.");
        await ArmPage.WriteAsync(context, await assignments.ListAsync(access, wanted, after, ArmPage.Size), Render);
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmJson.WriteAsync(context, Render(await assignments.FindAsync(access, IdOf(context)) ?? throw new OciException(ManagementErrors.NotFound)));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = IdOf(context);
        var wanted = Parse(await ArmJson.ReadAsync<RoleAssignmentBody>(context));
        var outcome = await assignments.CreateAsync(access, id, wanted.Principal, wanted.Role, wanted.Condition, wanted.Type, wanted.Description);
        var status = outcome switch
        {
            RoleAssignmentOutcome.Done => StatusCodes.Status201Created,
            RoleAssignmentOutcome.Exists or RoleAssignmentOutcome.Changed => StatusCodes.Status200OK,
            RoleAssignmentOutcome.LastOwner => throw new OciException(ManagementErrors.LastOwner),
            RoleAssignmentOutcome.OtherPrincipalType => throw new OciException(ManagementErrors.PrincipalTypeWrong, $"The principal {wanted.Principal:D} is no {wanted.Type}. Send its own principalType, or none."),
            RoleAssignmentOutcome.PrincipalUnknown => throw new OciException(ManagementErrors.PrincipalNotFound, $"The directory has no principal {wanted.Principal:D}. Use the object id of a user, a group or a service principal."),
            _ => throw new OciException(ManagementErrors.RoleNotFound, $"There is no role definition {wanted.Role:D} that can be given at this scope."),
        };
        // The same request again is no conflict; the same role under another id, or another role or principal under this one, is.
        if (await assignments.FindAsync(access, id) is not { } made || made.Assignment.PrincipalId != wanted.Principal || made.Assignment.Role.Id != wanted.Role
            || made.Assignment.Scope != access.Scope || made.Assignment.Condition?.Text != wanted.Condition?.Text || made.Description != wanted.Description)
        {
            throw new OciException(ManagementErrors.AssignmentExists);
        }
        await ArmJson.WriteAsync(context, Render(made), status);
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var id = IdOf(context);
        var before = await assignments.FindAsync(access, id);
        switch (await assignments.DeleteAsync(access, id))
        {
            case RoleAssignmentOutcome.LastOwner:
                throw new OciException(ManagementErrors.LastOwner);
            case RoleAssignmentOutcome.Done when before is not null:
                await ArmJson.WriteAsync(context, Render(before));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
        }
    }

    private static Wanted Parse(RoleAssignmentBody body)
    {
        var members = body.Properties ?? throw new OciException(ManagementErrors.InvalidRequest, "The body has no properties.");
        if (!Guid.TryParse(members.PrincipalId, out var principal))
            throw new OciException(ManagementErrors.InvalidRequest, "properties.principalId must be an object id (a GUID).");
        if (RoleDefinitionEndpoints.Parse(members.RoleDefinitionId) is not { } role)
            throw new OciException(ManagementErrors.InvalidRequest, "properties.roleDefinitionId must be the resource id of a role definition: …/providers/Microsoft.Authorization/roleDefinitions/GUID.");
        return new Wanted(principal, role, ParseCondition(members), ParseType(members.PrincipalType), members.Description is { Length: > 0 } description ? description : null);
    }

    private static RoleHolderType? ParseType(string? text) => text switch
    {
        null or "" => null,
        nameof(RoleHolderType.User) => RoleHolderType.User,
        nameof(RoleHolderType.Group) => RoleHolderType.Group,
        nameof(RoleHolderType.ServicePrincipal) => RoleHolderType.ServicePrincipal,
        _ => throw new OciException(ManagementErrors.InvalidRequest, "properties.principalType must be User, Group or ServicePrincipal."),
    };

    private static AccessCondition? ParseCondition(RoleAssignmentBody.Members members)
    {
        if (string.IsNullOrEmpty(members.Condition))
            return null;
        if (members.ConditionVersion is not ("2.0" or null))
            throw new OciException(ManagementErrors.InvalidCondition, "properties.conditionVersion must be 2.0.");
        if (!AccessCondition.TryParse(members.Condition, out var condition, out var problem))
            throw new OciException(ManagementErrors.InvalidCondition, problem);
        return condition.FindUnknownAction() is { } unknown
            ? throw new OciException(ManagementErrors.InvalidCondition, $"ActionMatches{{'{unknown}'}} names no data action of a registry, so it would narrow nothing. Check its spelling.")
            : condition;
    }

    // What is no id is nobody's, and has no roles.
    private static Guid? PrincipalIn(ODataFilter filter, string name) =>
        filter.Value(name) is { } text ? Guid.TryParse(text, out var id) ? id : Guid.Empty : null;

    private static Guid IdOf(HttpContext context) => Guid.TryParse(context.Request.RouteValues["id"] as string, out var id)
        ? id
        : throw new OciException(ManagementErrors.InvalidRequest, "The name of a role assignment must be a GUID.");

    private object Render(AssignedRole assigned)
    {
        var assignment = assigned.Assignment;
        var scope = installation.IdOf(assignment.Scope, registries);
        return new
        {
            id = $"{scope}{Tail}/{assignment.Id:D}",
            type = "Microsoft.Authorization/roleAssignments",
            name = assignment.Id.ToString("D"),
            properties = new
            {
                roleDefinitionId = RoleDefinitionEndpoints.IdOf(installation, assignment.Role.Id),
                principalId = assignment.PrincipalId.ToString("D"),
                principalType = assigned.HolderType.ToString(),
                scope,
                condition = assignment.Condition?.Text,
                conditionVersion = assignment.Condition is null ? null : "2.0",
                description = assigned.Description,
                createdOn = assigned.CreatedAt,
                createdBy = assigned.CreatedBy,
                updatedOn = assigned.UpdatedAt ?? assigned.CreatedAt,
                updatedBy = assigned.UpdatedBy ?? assigned.CreatedBy,
            },
        };
    }

    private sealed record Wanted(Guid Principal, Guid Role, AccessCondition? Condition, RoleHolderType? Type, string? Description);
}
