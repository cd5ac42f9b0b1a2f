using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary><c>breakwater resource-group delete</c></summary>
internal sealed class ResourceGroupDeleteCommand : CliCommand
{
    private readonly Subject name = ResourceGroupSubject.Create();
    private readonly Option<bool> yes = YesOption.Create();

    public ResourceGroupDeleteCommand()
        : base("delete", "Delete an empty resource group, with the role assignments that were made there.")
    {
        name.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var group = name.In(call);
        call.Confirm($"Delete the resource group {group}?", yes);
        await call.Connection.Management.ResourceGroups.DeleteAsync(group, call.Stop);
        return Answer.Done($"Deleted the resource group {group}.");
    }
}
