using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint show</c></summary>
internal sealed class PrivateEndpointShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The private endpoint.", "--name", "-n");
    private readonly Option<string?> group = GroupOption.Create();

    public PrivateEndpointShowCommand()
        : base("show", "Show a private endpoint.")
    {
        name.AddTo(this);
        Add(group);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.PrivateEndpoints.GetAsync(call.Value(group), name.In(call), call.Stop), PrivateEndpointColumns.List);
}
