using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository list</c></summary>
internal sealed class RepositoryListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<int?> top = TopOption.Create();

    public RepositoryListCommand()
        : base("list", "List the repositories of a registry.")
    {
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var content = await call.ContentAsync(registry);
        return Answer.List(await content.Repositories.ListAsync(call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), new Column("Repository", ""));
    }
}
