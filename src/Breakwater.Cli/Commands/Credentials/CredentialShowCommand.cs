using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Credentials;

/// <summary><c>breakwater credential show</c></summary>
internal sealed class CredentialShowCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public CredentialShowCommand()
        : base("show", "Show the passwords of a registry's admin user.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        CredentialsAnswer.Of(await (await call.RegistryAsync(registry)).ListCredentialsAsync(call.Stop), "They open all content of the registry.");
}
