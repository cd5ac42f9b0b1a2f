using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater usage tags</c></summary>
internal sealed class UsageTagsCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository");
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly UsageOrderOption order = new("pulls", "last-pull", "last-push");
    private readonly Option<int?> top = TopOption.Create();

    public UsageTagsCommand()
        : base("tags", "List the tags of a repository with their bytes and pulls.")
    {
        repository.AddTo(this);
        registry.AddTo(this);
        order.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = ImageName.ParseRepository(repository.In(call)).Value;
        var usage = (await call.RegistryAsync(registry)).Usage;
        return Answer.List(await usage.ListTagsAsync(name, order.In(call), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), UsageColumns.Tags);
    }
}
