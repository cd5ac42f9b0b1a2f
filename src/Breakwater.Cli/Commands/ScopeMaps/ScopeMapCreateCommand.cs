using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary><c>breakwater scope-map create</c></summary>
internal sealed class ScopeMapCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new scope map's name, 5 to 50 letters, digits, '-' and '_'.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly RepositoryActionsOption repositories = new("--repository", "What it opens. NAME/* and * stand for many.");
    private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };

    public ScopeMapCreateCommand()
        : base("create", "Create a scope map, by which tokens are given rights on repositories.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        repositories.AddTo(this);
        Add(description);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (map, actions) = (name.In(call), repositories.In(call));
        if (actions.Count == 0)
            throw new BreakwaterException(ErrorKind.Invalid, "A scope map needs something that it opens.", "Give --repository REPOSITORY ACTION….");
        var client = await call.RegistryAsync(registry);
        await Creation.RequireNewAsync($"a scope map {map}", () => client.ScopeMaps.GetAsync(map, call.Stop));
        return Answer.Item(await client.ScopeMaps.PutAsync(map, new ScopeMapProperties { Description = call.Value(description), Actions = actions }, call.Stop), ScopeMapColumns.Item);
    }
}
