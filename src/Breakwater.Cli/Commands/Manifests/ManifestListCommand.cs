using System.CommandLine;
using System.Text.Json.Nodes;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest list</c>: the manifests themselves, each with its digest.</summary>
internal sealed class ManifestListCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public ManifestListCommand()
        : base("list", "List the manifests of a repository, each fetched whole.")
    {
        repository.AddTo(this);
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = ImageName.ParseRepository(repository.In(call));
        var content = await call.ContentAsync(registry);
        var digests = await content.Manifests.ListAsync(name, ItemOrder.Name, call.Value(top), call.Stop).Top(call.Value(top)).Select(manifest => manifest.Digest).ToListAsync(call.Stop);
        var manifests = await call.EachAsync($"Fetching manifests of {name}", digests, async digest =>
        {
            var fetched = await content.Manifests.FetchAsync(name, digest, call.Stop);
            return new { fetched.Digest, fetched.MediaType, Size = fetched.Bytes.Length, Manifest = JsonNode.Parse(fetched.Bytes) };
        });
        return Answer.List(manifests, new("Digest", "digest", Cells.Digest), new("Media type", "mediaType"), new("Size", "size", Cells.Size));
    }
}
