using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token list</c></summary>
internal sealed class TokenListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public TokenListCommand()
        : base("list", "List the repository-scoped tokens of a registry.")
    {
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await (await call.RegistryAsync(registry)).Tokens.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), TokenColumns.All);
}
