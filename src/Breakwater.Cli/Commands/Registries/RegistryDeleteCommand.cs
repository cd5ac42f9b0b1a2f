using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry delete</c>. It must be named: there is no "the only one" here.</summary>
internal sealed class RegistryDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The registry to delete.", "--name", "-n");
    private readonly Option<string?> group = new("--resource-group", "-g") { Description = "Its resource group. Default: the one that it is seen in.", HelpName = "GROUP" };
    private readonly Option<bool> yes = YesOption.Create();

    public RegistryDeleteCommand()
        : base("delete", "Delete a registry with all its content.")
    {
        name.AddTo(this);
        Add(group);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var id = await call.RegistryIdAsync(name.In(call), call.Value(group));
        // ARM answers a deletion of nothing as it answers one of something.
        var there = await call.Connection.Management.Registries.GetAsync(id, call.Stop);
        call.Confirm($"Delete the registry {there.Name} with everything in it?", yes);
        await call.WaitAsync($"Deleting {id.Name}…", async () =>
        {
            await call.Connection.Management.Registries.DeleteAsync(id, call.Stop);
            return true;
        });
        return Answer.Done($"Deleted the registry {there.Name}.");
    }
}
