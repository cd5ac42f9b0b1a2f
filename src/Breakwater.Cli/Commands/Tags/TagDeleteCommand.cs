using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tags;

/// <summary><c>breakwater tag delete</c></summary>
internal sealed class TagDeleteCommand : CliCommand
{
    private readonly Subject image = new("IMAGE", "REPOSITORY:TAG.", "--image", "-t");
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public TagDeleteCommand()
        : base("delete", "Take a tag away, and leave its manifest.")
    {
        image.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var named = ImageName.ParseTagged(image.In(call));
        var content = await call.ContentAsync(registry);
        await content.Tags.DeleteAsync(named.Repository, named.Tag!, call.Stop);
        return Answer.Done($"Took away the tag {named}.");
    }
}
