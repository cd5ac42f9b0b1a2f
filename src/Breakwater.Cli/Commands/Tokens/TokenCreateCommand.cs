using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token create</c>: with a scope map that is there, or with one of its own, as az makes it.</summary>
internal sealed class TokenCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new token's name, 5 to 50 letters, digits and '-'.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<string?> scopeMap = new("--scope-map") { Description = "The scope map that says what it opens.", HelpName = "NAME" };
    private readonly RepositoryActionsOption repositories = new("--repository", "Make a scope map TOKEN-scope-map of these instead.");
    private readonly Option<string?> status = TokenStatus.Create(" Default: enabled.");
    private readonly Option<bool> noPasswords = new("--no-passwords") { Description = "Make no passwords yet." };
    private readonly Option<int?> days = new("--expiration-in-days") { Description = "Until when the passwords are good. Default: without end.", HelpName = "DAYS" };

    public TokenCreateCommand()
        : base("create", "Create a repository-scoped token, and show its passwords.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(scopeMap);
        repositories.AddTo(this);
        Add(status);
        Add(noPasswords);
        Add(days);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (token, actions, map) = (name.In(call), repositories.In(call), call.Value(scopeMap));
        if (map is null == actions.Count is 0)
            throw new BreakwaterException(ErrorKind.Invalid, "A token has either a scope map that is there, or repositories of its own.", "Give --scope-map NAME, or --repository REPOSITORY ACTION….");
        var expiry = Expiry.InDays(call, call.Value(days), "--expiration-in-days");
        var client = await call.RegistryAsync(registry);
        await Creation.RequireNewAsync($"a token {token}", () => client.Tokens.GetAsync(token, call.Stop));
        if (map is null)
        {
            await Creation.RequireNewAsync($"a scope map {token}-scope-map", () => client.ScopeMaps.GetAsync(token + "-scope-map", call.Stop));
            map = token + "-scope-map";
            await client.ScopeMaps.PutAsync(map, new ScopeMapProperties { Description = $"Of the token {token}", Actions = actions }, call.Stop);
        }
        var made = await client.Tokens.PutAsync(token, new TokenProperties { ScopeMapId = client.IdOf("scopeMaps", map), Status = call.Value(status) ?? "enabled" }, call.Stop);
        return call.Value(noPasswords)
            ? Answer.Item(made, TokenColumns.All)
            : CredentialsAnswer.Of(await client.GenerateCredentialsAsync(token, null, expiry, call.Stop));
    }
}
