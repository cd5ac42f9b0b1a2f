using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary><c>breakwater resource-group create</c></summary>
internal sealed class ResourceGroupCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new resource group's name: 1 to 90 letters, digits, '_', '-', '.', '(' and ')'.", "--name", "-n");
    private readonly Option<string?> location = new("--location", "-l") { Description = "Where it is. Default: local.", HelpName = "PLACE" };
    private readonly Option<string[]?> tags = new("--tags") { Description = "KEY=VALUE, all of them.", HelpName = "TAG", AllowMultipleArgumentsPerToken = true };

    public ResourceGroupCreateCommand()
        : base("create", "Create a resource group, for registries that are to be managed together.")
    {
        name.AddTo(this);
        Add(location);
        Add(tags);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (groups, wanted) = (call.Connection.Management.ResourceGroups, name.In(call));
        await Creation.RequireNewAsync($"a resource group {wanted}", () => groups.GetAsync(wanted, call.Stop));
        return Answer.Item(
            await groups.PutAsync(wanted, call.Value(location), call.IsGiven(tags) ? KeyValues.Parse(call.Value(tags), "--tags") : null, call.Stop), ResourceGroupColumns.Group);
    }
}
