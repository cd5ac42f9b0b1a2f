using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token delete</c></summary>
internal sealed class TokenDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The token.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> yes = YesOption.Create();

    public TokenDeleteCommand()
        : base("delete", "Delete a repository-scoped token. What signs in with it ends at once.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (token, client) = (name.In(call), await call.RegistryAsync(registry));
        call.Confirm($"Delete the token {token}?", yes);
        return Deletion.Of($"the token {token}", await client.Tokens.DeleteAsync(token, call.Stop));
    }
}
