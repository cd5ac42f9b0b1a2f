using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateConnections;

/// <summary><c>breakwater private-endpoint-connection delete</c></summary>
internal sealed class PrivateConnectionDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The connection.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> yes = YesOption.Create();

    public PrivateConnectionDeleteCommand()
        : base("delete", "Delete a private endpoint connection of a registry.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (connection, client) = (name.In(call), await call.RegistryAsync(registry));
        call.Confirm($"Delete the connection {connection}?", yes);
        return Deletion.Of($"the connection {connection}", await client.PrivateConnections.DeleteAsync(connection, call.Stop));
    }
}
