using System.Collections.Immutable;

namespace Breakwater.Core.Access.Decisions;

/// <summary>
/// Explains decisions by asking the same question again of parts of what was given: one assignment alone, the same without its condition, in
/// the other mode, with one role more. It has no rules of its own that could differ from <see cref="AccessDecider"/>'s.
/// </summary>
public static class AccessExplainer
{
    public const string Gives = "gives it", GivesInPart = "gives some of it", Elsewhere = "holds elsewhere", ConditionFalse = "its condition is not met here",
        OtherMode = "counts in the registry's other role assignment mode only", LacksPermission = "does not include it", OtherRepository = "is for other repositories or actions";

    public static AccessExplanation Explain(AccessQuestion question) => Explain(question, []);

    /// <param name="content">What locks and policies have refused, or would; null: unknown to whoever asks.</param>
    public static AccessExplanation Explain(AccessQuestion question, ImmutableArray<ContentObstacle>? content)
    {
        var rights = question.Caller.Rights;
        return new AccessExplanation(
            question.IsAllowed && content is not { IsEmpty: false },
            [
                .. rights.Assignments.Select(assignment => new ConsideredRight("roleAssignment", assignment.Id, assignment.Role.Name, Find(question, assignment))),
                .. rights.Grants.Select(grant => new ConsideredRight("grant", null, grant.Pattern, FindGrant(question, grant))),
            ],
            [.. Obstacles(question)],
            [.. question.IsAllowed ? [] : RolesThatWouldAllow(question)],
            content);
    }

    private static string Find(AccessQuestion question, RoleAssignment assignment)
    {
        if (Given(question, [assignment]) is { } finding)
            return finding;
        var role = assignment with { Scope = RoleScope.Installation, Condition = null };
        if (Given(question, [role]) is null)
            return Given(InOtherMode(question), [role]) is not null ? OtherMode : LacksPermission;
        return Given(question, [assignment with { Condition = null }]) is null ? Elsewhere : ConditionFalse;
    }

    private static string FindGrant(AccessQuestion question, ScopeGrant grant) =>
        Judge(question.With(new PrincipalRights([grant]))) ?? (grant.RegistryId == question.Registry.Id ? OtherRepository : Elsewhere);

    private static string? Given(AccessQuestion question, IEnumerable<RoleAssignment> assignments) => Judge(question.With(Only(question, assignments)));

    private static string? Judge(AccessQuestion question) => question.IsAllowed ? Gives : question.IsAllowedInPart ? GivesInPart : null;

    // As if given to the principal itself: whose they are was settled when its rights were put together.
    private static PrincipalRights Only(AccessQuestion question, IEnumerable<RoleAssignment> assignments)
    {
        var id = question.Caller.Principal.Id;
        return new PrincipalRights(id, [], assignments.Select(assignment => assignment with { PrincipalId = id }));
    }

    private static AccessQuestion InOtherMode(AccessQuestion question) => question.In(
        question.Registry.RoleAssignmentMode == RoleAssignmentMode.LegacyRegistryPermissions ? RoleAssignmentMode.AbacRepositoryPermissions : RoleAssignmentMode.LegacyRegistryPermissions);

    private static IEnumerable<string> Obstacles(AccessQuestion question)
    {
        var caller = question.Caller;
        if (caller.Principal.Disabled)
            yield return "The principal is disabled.";
        if (caller.IsForContent && question.Management is not null)
            yield return "A token for content manages nothing. Sign in with a password, a secret or a token of the issuer.";
        else if (caller.Limit is not null && !question.IsAllowed && question.With(caller.Rights).IsAllowed)
            yield return "The token was not issued for this. Ask for one with the scope of the challenge.";
        if (!CanHaveRoles(caller.Principal))
            yield return "The principal can have no roles: what it may do is set where it is made.";
    }

    private static IEnumerable<string> RolesThatWouldAllow(AccessQuestion question)
    {
        if (!CanHaveRoles(question.Caller.Principal) || question.With(question.Caller.Rights).IsAllowed)
            return [];
        var assignments = question.Caller.Rights.Assignments;
        return BuiltInRoles.All
            .Where(role => Given(question, [.. assignments, new RoleAssignment(Guid.Empty, Guid.Empty, role, question.Scope)]) == Gives)
            .OrderBy(Breadth).ThenBy(role => role.Name, StringComparer.Ordinal).Select(role => role.Name);
    }

    // How much a role opens beyond what was asked: content in either mode, and above all managing.
    private static int Breadth(RoleDefinition role)
    {
        var content = Enum.GetValues<RoleAssignmentMode>().Sum(mode => int.PopCount((int)role.In(mode).Repository) + int.PopCount((int)role.In(mode).Registry));
        ImmutableArray<string> managing =
        [
            ManagementActions.RegistriesRead, ManagementActions.RoleAssignmentsRead, ManagementActions.RegistriesWrite, ManagementActions.ListCredentials,
            ManagementActions.RoleAssignmentsWrite, ManagementActions.DirectoryWrite,
        ];
        return content + (10 * managing.Count(role.Permissions.Allows));
    }

    private static bool CanHaveRoles(Principal principal) => principal.Kind is PrincipalKind.User or PrincipalKind.ServicePrincipal;
}
