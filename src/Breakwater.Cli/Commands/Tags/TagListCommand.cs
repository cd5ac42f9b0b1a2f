using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Tags;

/// <summary><c>breakwater tag list</c></summary>
internal sealed class TagListCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository");
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<ItemOrder> order = OrderOption.Create();
    private readonly Option<int?> top = TopOption.Create();

    public TagListCommand()
        : base("list", "List the tags of a repository with digests, times and locks.")
    {
        repository.AddTo(this);
        registry.AddTo(this);
        Add(order);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = ImageName.ParseRepository(repository.In(call));
        var content = await call.ContentAsync(registry);
        return Answer.List(await content.Tags.ListAsync(name, call.Value(order), call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), ContentColumns.Tags);
    }
}
