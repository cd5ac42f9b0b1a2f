using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role assignment create</c></summary>
internal sealed class AssignmentCreateCommand : CliCommand
{
    private readonly Option<string> assignee = PrincipalOption.Create("--assignee", "Who gets it:", "--assignee-object-id");
    private readonly Option<string> role = new("--role") { Description = "The role's name or id, such as AcrPush.", HelpName = "ROLE", Required = true };
    private readonly ScopeOption scope = new();
    private readonly Option<string?> condition = new("--condition") { Description = "Narrows it to some repositories.", HelpName = "TEXT" };

    public AssignmentCreateCommand()
        : base("create", "Give a role to a user, a service principal or a group.")
    {
        Add(assignee);
        Add(role);
        scope.AddTo(this);
        Add(condition);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (where, roles, text) = (scope.In(call), call.Connection.Management.Roles, call.Value(condition));
        var definition = await roles.FindAsync(where, call.Value(role)!, call.Stop);
        var principal = await PrincipalFinder.FindAsync(call, call.Value(assignee)!);
        var wanted = new RoleAssignmentProperties { PrincipalId = principal.Id, RoleDefinitionId = definition.Id, Condition = text, ConditionVersion = text is null ? null : "2.0" };
        var made = await roles.AssignAsync(where, Guid.NewGuid().ToString("D"), wanted, call.Stop);
        return Answer.Item(AssignmentRow.Of(made, definition.Properties?.RoleName, principal.Name), AssignmentRow.Columns);
    }
}
