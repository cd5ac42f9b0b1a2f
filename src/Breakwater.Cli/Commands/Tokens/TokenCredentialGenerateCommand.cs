using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token credential generate</c></summary>
internal sealed class TokenCredentialGenerateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The token.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> first = new("--password1") { Description = "Only the first password." };
    private readonly Option<bool> second = new("--password2") { Description = "Only the second password." };
    private readonly Option<int?> days = new("--expiration-in-days") { Description = "Until when it is good. Default: without end.", HelpName = "DAYS" };

    public TokenCredentialGenerateCommand()
        : base("generate", "Make new passwords of a token, and show them. The old ones end at once.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(first);
        Add(second);
        Add(days);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var token = name.In(call);
        var which = (call.Value(first), call.Value(second)) switch { (true, false) => "password1", (false, true) => "password2", _ => null };
        var expiry = Expiry.InDays(call, call.Value(days), "--expiration-in-days");
        var client = await call.RegistryAsync(registry);
        return CredentialsAnswer.Of(await client.GenerateCredentialsAsync(token, which, expiry, call.Stop));
    }
}
