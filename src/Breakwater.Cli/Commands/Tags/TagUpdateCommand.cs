using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Tags;

/// <summary><c>breakwater tag update</c></summary>
internal sealed class TagUpdateCommand : CliCommand
{
    private readonly Subject image = new("IMAGE", "REPOSITORY:TAG.", "--image", "-t");
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly LockOptions locks = new();

    public TagUpdateCommand()
        : base("update", "Lock or unlock a tag.")
    {
        image.AddTo(this);
        registry.AddTo(this);
        locks.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (named, change) = (ImageName.ParseTagged(image.In(call)), locks.Read(call));
        var content = await call.ContentAsync(registry);
        return Answer.Item(await content.Tags.UpdateAsync(named.Repository, named.Tag!, change, call.Stop), ContentColumns.Tag);
    }
}
