using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal credential remove</c></summary>
internal sealed class ServiceCredentialRemoveCommand : CliCommand
{
    private readonly Subject service = ServiceSubject.Create();
    private readonly Option<string> key = new("--key-id") { Description = "The secret's key id.", HelpName = "ID", Required = true };

    public ServiceCredentialRemoveCommand()
        : base("remove", "Remove a secret. What signed in with it ends at once.")
    {
        service.AddTo(this);
        Add(key);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.ServicePrincipals.FindAsync(service.In(call), call.Stop);
        await call.Connection.Directory.ServicePrincipals.RemoveSecretAsync(found.Id, call.Value(key)!, call.Stop);
        return Answer.Done($"Removed the secret {call.Value(key)} of {found.DisplayName}.");
    }
}
