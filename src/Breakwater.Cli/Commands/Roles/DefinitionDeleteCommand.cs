using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role definition delete</c></summary>
internal sealed class DefinitionDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The role's name or id.", "--name", "-n");
    private readonly Option<bool> yes = YesOption.Create();

    public DefinitionDeleteCommand()
        : base("delete", "Delete a role of your own that nobody has.")
    {
        name.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var roles = call.Connection.Management.Roles;
        var found = await roles.FindAsync(call.Connection.Management.Subscription, name.In(call), call.Stop);
        call.Confirm($"Delete the role {found.Properties?.RoleName}?", yes);
        var scope = found.Properties?.Type == "CustomRole" ? DefinitionUpdateCommand.ScopeOf(found.Properties.AssignableScopes, call) : call.Connection.Management.Subscription;
        return Deletion.Of($"the role {found.Properties?.RoleName}", await roles.DeleteDefinitionAsync(scope, found.Name, call.Stop));
    }
}
