using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint show</c></summary>
internal sealed class PrivateEndpointShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The private endpoint.", "--name", "-n");

    public PrivateEndpointShowCommand()
        : base("show", "Show a private endpoint.")
    {
        name.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.PrivateEndpoints.GetAsync(name.In(call), call.Stop), PrivateEndpointColumns.List);
}
