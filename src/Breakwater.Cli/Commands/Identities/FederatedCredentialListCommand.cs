using System.CommandLine;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity federated-credential list</c></summary>
internal sealed class FederatedCredentialListCommand : CliCommand
{
    private readonly Option<string> identity = CredentialOptions.Identity();

    public FederatedCredentialListCommand()
        : base("list", "List whose tokens stand for a managed identity.") => Add(identity);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Management.Identities.ListCredentialsAsync(call.Value(identity)!, call.Stop).ToListAsync(call.Stop), IdentityColumns.Credential);
}
