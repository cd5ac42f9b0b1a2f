using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Roles;

/// <summary><c>breakwater role definition list</c></summary>
internal sealed class DefinitionListCommand : CliCommand
{
    private readonly ScopeOption scope = new();
    private readonly Option<bool> custom = new("--custom-role-only") { Description = "Only roles of your own." };
    private readonly Option<string?> name = new("--name", "-n") { Description = "Only the role of this name, with all that it opens.", HelpName = "NAME" };

    public DefinitionListCommand()
        : base("list", "List the roles that can be given.")
    {
        scope.AddTo(this);
        Add(custom);
        Add(name);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (where, roles) = (scope.OrEverything(call), call.Connection.Management.Roles);
        if (call.Value(name) is { } wanted)
            return Answer.Item(await roles.FindAsync(where, wanted, call.Stop), DefinitionColumns.Item);
        return Answer.List(
            await roles.ListDefinitionsAsync(where, call.Stop).Where(role => !call.Value(custom) || role.Properties?.Type == "CustomRole").ToListAsync(call.Stop), DefinitionColumns.List);
    }
}
