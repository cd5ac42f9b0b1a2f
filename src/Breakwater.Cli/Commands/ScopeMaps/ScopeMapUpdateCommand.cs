using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary><c>breakwater scope-map update</c></summary>
internal sealed class ScopeMapUpdateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The scope map.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly RepositoryActionsOption added = new("--add-repository", "What it opens beside.");
    private readonly RepositoryActionsOption removed = new("--remove-repository", "What it opens no more.");
    private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };

    public ScopeMapUpdateCommand()
        : base("update", "Change what a scope map opens. It counts for its tokens at once.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        added.AddTo(this);
        removed.AddTo(this);
        Add(description);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (map, more, less, text) = (name.In(call), added.In(call), removed.In(call), call.Value(description));
        if (more.Count + less.Count == 0 && text is null)
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Give --add-repository, --remove-repository or --description.");
        var client = await call.RegistryAsync(registry);
        var old = (await client.ScopeMaps.GetAsync(map, call.Stop)).Properties?.Actions ?? [];
        if (less.FirstOrDefault(action => !old.Contains(action)) is { } missing)
            throw new BreakwaterException(ErrorKind.NotFound, $"{map} does not have {missing}. Nothing was changed.", "'breakwater scope-map show' tells what it has.");
        var actions = more.Count + less.Count == 0 ? null : old.Except(less).Union(more).ToList();
        return Answer.Item(await client.ScopeMaps.UpdateAsync(map, new ScopeMapProperties { Description = text, Actions = actions }, call.Stop), ScopeMapColumns.Item);
    }
}
