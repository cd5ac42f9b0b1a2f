using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token update</c></summary>
internal sealed class TokenUpdateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The token.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<string?> scopeMap = new("--scope-map") { Description = "Another scope map.", HelpName = "NAME" };
    private readonly Option<string?> status = TokenStatus.Create();

    public TokenUpdateCommand()
        : base("update", "Change the scope map of a token, or disable it.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(scopeMap);
        Add(status);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (map, wanted) = (call.Value(scopeMap), call.Value(status));
        if (map is null && wanted is null)
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Give --scope-map or --status.");
        var token = name.In(call);
        var client = await call.RegistryAsync(registry);
        return Answer.Item(await client.Tokens.UpdateAsync(token, new TokenProperties { ScopeMapId = map is null ? null : client.IdOf("scopeMaps", map), Status = wanted }, call.Stop), TokenColumns.All);
    }
}
