using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository list-deleted</c></summary>
internal sealed class RepositoryListDeletedCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<int?> top = TopOption.Create();

    public RepositoryListDeletedCommand()
        : base("list-deleted", "List repositories of which nothing is left but what can be restored.")
    {
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var content = await call.ContentAsync(registry);
        return Answer.List(await content.Deleted.ListRepositoriesAsync(call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), new Column("Repository", ""));
    }
}
