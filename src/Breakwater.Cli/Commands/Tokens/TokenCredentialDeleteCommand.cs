using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Tokens;

/// <summary><c>breakwater token credential delete</c></summary>
internal sealed class TokenCredentialDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The token.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> first = new("--password1") { Description = "The first password." };
    private readonly Option<bool> second = new("--password2") { Description = "The second password." };

    public TokenCredentialDeleteCommand()
        : base("delete", "Delete passwords of a token. What signed in with them ends at once.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(first);
        Add(second);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        string[] gone = [.. call.Value(first) ? ["password1"] : Array.Empty<string>(), .. call.Value(second) ? ["password2"] : Array.Empty<string>()];
        if (gone.Length == 0)
            throw new BreakwaterException(ErrorKind.Invalid, "It is not said which password.", "Give --password1, --password2 or both.");
        var token = name.In(call);
        var client = await call.RegistryAsync(registry);
        var there = (await client.Tokens.GetAsync(token, call.Stop)).Properties?.Credentials?.Passwords ?? [];
        var kept = there.Where(password => !gone.Contains(password.Name)).ToList();
        if (kept.Count == there.Count)
            throw new BreakwaterException(ErrorKind.NotFound, $"The token {token} has no {string.Join(" and no ", gone)}.");
        return Answer.Item(await client.Tokens.UpdateAsync(token, new TokenProperties { Credentials = new TokenCredentials { Passwords = kept } }, call.Stop), TokenColumns.All);
    }
}
