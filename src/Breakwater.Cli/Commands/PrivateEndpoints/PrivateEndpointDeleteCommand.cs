using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint delete</c></summary>
internal sealed class PrivateEndpointDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The private endpoint.", "--name", "-n");
    private readonly Option<bool> yes = YesOption.Create();

    public PrivateEndpointDeleteCommand()
        : base("delete", "Delete a private endpoint. Nobody comes in by it any more.")
    {
        name.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var endpoint = name.In(call);
        call.Confirm($"Delete the private endpoint {endpoint}?", yes);
        return Deletion.Of($"the private endpoint {endpoint}", await call.Connection.Management.PrivateEndpoints.DeleteAsync(endpoint, call.Stop));
    }
}
