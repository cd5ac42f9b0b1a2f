using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.PrivateConnections;

/// <summary><c>breakwater private-endpoint-connection show</c></summary>
internal sealed class PrivateConnectionShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The connection.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public PrivateConnectionShowCommand()
        : base("show", "Show a private endpoint connection of a registry.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).PrivateConnections.GetAsync(name.In(call), call.Stop), PrivateConnectionColumns.List);
}
