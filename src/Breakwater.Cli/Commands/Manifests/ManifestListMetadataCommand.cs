using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest list-metadata</c></summary>
internal sealed class ManifestListMetadataCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<ItemOrder> order = OrderOption.Create();
    private readonly Option<int?> top = TopOption.Create();

    public ManifestListMetadataCommand()
        : base("list-metadata", "List the attributes of a repository's manifests.")
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
        return Answer.List(await content.Manifests.ListAsync(name, call.Value(order), call.Value(top), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), ContentColumns.Manifests);
    }
}
