using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateConnections;

/// <summary><c>breakwater private-endpoint-connection list</c></summary>
internal sealed class PrivateConnectionListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public PrivateConnectionListCommand()
        : base("list", "List the private endpoints that ask for a registry, or were let in.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await (await call.RegistryAsync(registry)).PrivateConnections.ListAsync(call.Stop).ToListAsync(call.Stop), PrivateConnectionColumns.List);
}
