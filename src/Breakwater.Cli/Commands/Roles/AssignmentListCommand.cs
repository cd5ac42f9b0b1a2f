using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role assignment list</c></summary>
internal sealed class AssignmentListCommand : CliCommand
{
    private readonly ScopeOption scope = new();
    private readonly Option<string?> assignee = new("--assignee") { Description = "Only those of this principal.", HelpName = "PRINCIPAL" };
    private readonly Option<bool> groups = new("--include-groups") { Description = "With --assignee: also what it has through groups." };
    private readonly Option<int?> top = TopOption.Create();

    public AssignmentListCommand()
        : base("list", "List who has which role where. Default: everywhere.")
    {
        scope.AddTo(this);
        Add(assignee);
        Add(groups);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (where, roles) = (scope.OrEverything(call), call.Connection.Management.Roles);
        var filter = call.Value(assignee) is { } who ? AssignmentFilter.Of((await PrincipalFinder.FindAsync(call, who)).Id, call.Value(groups)) : null;
        var found = await roles.ListAssignmentsAsync(where, filter, call.Stop).Top(call.Value(top)).ToListAsync(call.Stop);
        var roleNames = await RoleNames.ReadAsync(call, where);
        var principals = await PrincipalNames.ReadAsync(call);
        return Answer.List(
            found.Select(one => AssignmentRow.Of(one, RoleNames.Find(roleNames, one.Properties?.RoleDefinitionId), principals.GetValueOrDefault(one.Properties?.PrincipalId ?? ""))),
            AssignmentRow.Columns);
    }
}
