using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role definition update</c></summary>
internal sealed class DefinitionUpdateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The role's name or id.", "--name", "-n");
    private readonly Option<string?> newName = new("--new-name") { Description = "Another name.", HelpName = "NAME" };
    private readonly RoleContentOptions content = new();

    public DefinitionUpdateCommand()
        : base("update", "Change a role of your own. It counts for everybody who has it at once.")
    {
        name.AddTo(this);
        Add(newName);
        content.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!content.AnyIn(call) && call.Value(newName) is null)
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Give a list, such as --actions, or --new-name.");
        var roles = call.Connection.Management.Roles;
        var old = await roles.FindAsync(call.Connection.Management.Subscription, name.In(call), call.Stop);
        if (old.Properties?.Type != "CustomRole")
            throw new BreakwaterException(ErrorKind.Conflict, $"{old.Properties?.RoleName} is a built-in role.", "Create a role of your own with 'breakwater role definition create'.");
        var role = content.Read(call, call.Value(newName) ?? old.Properties.RoleName ?? old.Name, old.Properties);
        return Answer.Item(await roles.DefineAsync(ScopeOf(old.Properties.AssignableScopes, call), old.Name, role, call.Stop), DefinitionColumns.Item);
    }

    internal static string ScopeOf(IReadOnlyList<string>? scopes, Invocation call) => scopes is [var first, ..] ? first : call.Connection.Management.Subscription;
}
