using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Credentials;

/// <summary><c>breakwater credential renew</c></summary>
internal sealed class CredentialRenewCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string> which = new Option<string>("--password-name") { Description = "password or password2.", HelpName = "NAME", Required = true }.AcceptOnlyFromAmong("password", "password2");

    public CredentialRenewCommand()
        : base("renew", "Make one of the admin user's passwords anew, and show both. The old one ends at once.")
    {
        registry.AddTo(this);
        Add(which);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        CredentialsAnswer.Of(await (await call.RegistryAsync(registry)).RegenerateCredentialAsync(call.Value(which)!, call.Stop), "They open all content of the registry.");
}
