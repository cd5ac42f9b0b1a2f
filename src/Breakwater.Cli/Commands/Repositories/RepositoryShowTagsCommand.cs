using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Repositories;

/// <summary><c>breakwater repository show-tags</c></summary>
internal sealed class RepositoryShowTagsCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository");
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<ItemOrder> order = OrderOption.Create();
    private readonly Option<bool> detail = new("--detail") { Description = "With digests, times and locks." };
    private readonly Option<int?> top = TopOption.Create();

    public RepositoryShowTagsCommand()
        : base("show-tags", "List the tags of a repository.")
    {
        repository.AddTo(this);
        registry.AddTo(this);
        Add(order);
        Add(detail);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = ImageName.ParseRepository(repository.In(call));
        var content = await call.ContentAsync(registry);
        var tags = await content.Tags.ListAsync(name, call.Value(order), call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop);
        return call.Value(detail) ? Answer.List(tags, ContentColumns.Tags) : Answer.List(tags.Select(tag => tag.Name), new Column("Tag", ""));
    }
}
