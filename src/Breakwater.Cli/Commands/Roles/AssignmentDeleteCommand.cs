using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role assignment delete</c>: by id, or what a principal has of a role at a scope and nowhere else.</summary>
internal sealed class AssignmentDeleteCommand : CliCommand
{
    private readonly Subject id = new("ID", "The assignment's name (a GUID) or resource id.", "--ids");
    private readonly Option<string?> assignee = new("--assignee") { Description = "Whose; with --role and a scope.", HelpName = "PRINCIPAL" };
    private readonly Option<string?> role = new("--role") { Description = "The role's name or id.", HelpName = "ROLE" };
    private readonly ScopeOption scope = new();
    private readonly Option<bool> yes = YesOption.Create();

    public AssignmentDeleteCommand()
        : base("delete", "Take a role away.")
    {
        id.AddTo(this);
        Add(assignee);
        Add(role);
        scope.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await FindAsync(call);
        call.Confirm($"Take the role assignment {found.Name} of {found.Properties?.PrincipalId} away?", yes);
        return Deletion.Of($"the role assignment {found.Name}", await call.Connection.Management.Roles.UnassignAsync(found.Id, call.Stop));
    }

    private async Task<ArmResource<RoleAssignmentProperties>> FindAsync(Invocation call)
    {
        var roles = call.Connection.Management.Roles;
        if (id.Find(call) is { } text)
        {
            var name = text[(text.LastIndexOf('/') + 1)..];
            return await roles.ListAssignmentsAsync(scope.OrEverything(call), null, call.Stop).FirstOrDefaultAsync(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase), call.Stop)
                ?? throw new BreakwaterException(ErrorKind.NotFound, $"There is no role assignment {name}.", "'breakwater role assignment list -o json' shows all with their ids.");
        }
        if (call.Value(assignee) is not { } who || call.Value(role) is not { } what)
            throw new BreakwaterException(ErrorKind.Invalid, "It is not said which role assignment.", "Give its ID, or --assignee, --role and a scope.");
        var where = scope.In(call);
        var definition = await roles.FindAsync(where, what, call.Stop);
        var principal = await PrincipalFinder.FindAsync(call, who);
        return await roles.ListAssignmentsAsync(where, AssignmentFilter.Of(principal.Id, throughGroups: false), call.Stop)
            .FirstOrDefaultAsync(one => IsOf(one, definition) && where.Equals(one.Properties?.Scope, StringComparison.OrdinalIgnoreCase), call.Stop)
            ?? throw new BreakwaterException(ErrorKind.NotFound, $"{principal.Name} does not have the role {definition.Properties?.RoleName} there.", "'breakwater role assignment list --assignee …' shows what it has, and where.");
    }

    private static bool IsOf(ArmResource<RoleAssignmentProperties> one, ArmResource<RoleDefinitionProperties> role) =>
        one.Properties?.RoleDefinitionId?.EndsWith("/" + role.Name, StringComparison.OrdinalIgnoreCase) is true;
}
