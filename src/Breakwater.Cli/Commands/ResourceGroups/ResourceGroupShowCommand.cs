using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ResourceGroups;

/// <summary><c>breakwater resource-group show</c></summary>
internal sealed class ResourceGroupShowCommand : CliCommand
{
    private readonly Subject name = ResourceGroupSubject.Create();

    public ResourceGroupShowCommand()
        : base("show", "Show a resource group.") => name.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.ResourceGroups.GetAsync(name.In(call), call.Stop), ResourceGroupColumns.Group);
}
