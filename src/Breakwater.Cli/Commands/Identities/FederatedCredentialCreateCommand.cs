using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity federated-credential create</c></summary>
internal sealed class FederatedCredentialCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "What people call the credential.", "--name", "-n");
    private readonly Option<string> identity = CredentialOptions.Identity();
    private readonly Option<string> issuer = new("--issuer") { Description = "Who signs the tokens, exactly as their iss has it. The server must trust it.", HelpName = "URL", Required = true };
    private readonly Option<string> subject = new("--subject") { Description = "Whose tokens, exactly as their sub has it.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> audience = new("--audiences") { Description = "What the tokens are for. Default: this installation, api://TENANT.", HelpName = "TEXT" };

    public FederatedCredentialCreateCommand()
        : base("create", "Let the tokens of another issuer stand for a managed identity.")
    {
        name.AddTo(this);
        foreach (var option in new Option[] { identity, issuer, subject, audience })
            Add(option);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (management, of, credential) = (call.Connection.Management, call.Value(identity)!, name.In(call));
        await Creation.RequireNewAsync($"a federated credential '{credential}'", () => management.Identities.GetCredentialAsync(of, credential, call.Stop));
        return Answer.Item(
            await management.Identities.PutCredentialAsync(of, credential, new IdentityCredentialProperties
            {
                Issuer = call.Value(issuer),
                Subject = call.Value(subject),
                Audiences = [call.Value(audience) ?? $"api://{management.Tenant}"],
            }, call.Stop),
            IdentityColumns.Credential);
    }
}
