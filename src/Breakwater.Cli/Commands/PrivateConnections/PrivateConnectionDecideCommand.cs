using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.PrivateConnections;

/// <summary><c>breakwater private-endpoint-connection approve</c> and <c>reject</c></summary>
internal sealed class PrivateConnectionDecideCommand : CliCommand
{
    private readonly Subject subject = new("NAME", "The connection.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<string?> description = new("--description") { Description = "Why, for whoever asked.", HelpName = "TEXT" };
    private readonly string status;

    private PrivateConnectionDecideCommand(string name, string help, string status)
        : base(name, help)
    {
        this.status = status;
        subject.AddTo(this);
        registry.AddTo(this);
        Add(description);
    }

    public static PrivateConnectionDecideCommand Approve() => new("approve", "Let a private endpoint in.", "Approved");

    public static PrivateConnectionDecideCommand Reject() => new("reject", "Shut a private endpoint out.", "Rejected");

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (connection, client) = (subject.In(call), await call.RegistryAsync(registry));
        var wanted = new PrivateConnectionProperties { PrivateLinkServiceConnectionState = new PrivateLinkState { Status = status, Description = call.Value(description) } };
        return Answer.Item(await client.PrivateConnections.PutAsync(connection, wanted, call.Stop), PrivateConnectionColumns.List);
    }
}
