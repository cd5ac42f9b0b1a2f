using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role definition create</c></summary>
internal sealed class DefinitionCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new role's name.", "--name", "-n");
    private readonly RoleContentOptions content = new();

    public DefinitionCreateCommand()
        : base("create", "Create a role of your own.")
    {
        name.AddTo(this);
        content.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var role = content.Read(call, name.In(call), null);
        return Answer.Item(await call.Connection.Management.Roles.DefineAsync(role.AssignableScopes![0], Guid.NewGuid().ToString("D"), role, call.Stop), DefinitionColumns.Item);
    }
}
