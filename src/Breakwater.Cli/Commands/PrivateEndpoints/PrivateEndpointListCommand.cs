using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint list</c></summary>
internal sealed class PrivateEndpointListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public PrivateEndpointListCommand()
        : base("list", "List private endpoints.")
    {
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Management.PrivateEndpoints.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), PrivateEndpointColumns.List);
}
