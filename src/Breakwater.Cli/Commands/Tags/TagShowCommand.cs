using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tags;

/// <summary><c>breakwater tag show</c></summary>
internal sealed class TagShowCommand : CliCommand
{
    private readonly Subject image = new("IMAGE", "REPOSITORY:TAG.", "--image", "-t");
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public TagShowCommand()
        : base("show", "Show a tag.")
    {
        image.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var named = ImageName.ParseTagged(image.In(call));
        var content = await call.ContentAsync(registry);
        return Answer.Item(await content.Tags.GetAsync(named.Repository, named.Tag!, call.Stop), ContentColumns.Tag);
    }
}
