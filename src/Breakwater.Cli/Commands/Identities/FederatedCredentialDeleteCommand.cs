using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity federated-credential delete</c></summary>
internal sealed class FederatedCredentialDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The credential's name.", "--name", "-n");
    private readonly Option<string> identity = CredentialOptions.Identity();
    private readonly Option<bool> yes = YesOption.Create();

    public FederatedCredentialDeleteCommand()
        : base("delete", "Remove a federated credential. What signed in by it ends at once.")
    {
        name.AddTo(this);
        Add(identity);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (of, credential) = (call.Value(identity)!, name.In(call));
        call.Confirm($"Remove the federated credential {credential} of {of}?", yes);
        return Deletion.Of($"the federated credential {credential}", await call.Connection.Management.Identities.DeleteCredentialAsync(of, credential, call.Stop));
    }
}
