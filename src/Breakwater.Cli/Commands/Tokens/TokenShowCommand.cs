using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token show</c></summary>
internal sealed class TokenShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The token.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public TokenShowCommand()
        : base("show", "Show a repository-scoped token.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).Tokens.GetAsync(name.In(call), call.Stop), TokenColumns.All);
}
