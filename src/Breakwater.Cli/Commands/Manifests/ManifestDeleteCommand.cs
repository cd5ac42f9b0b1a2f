using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest delete</c></summary>
internal sealed class ManifestDeleteCommand : CliCommand
{
    private readonly ManifestSubject subject = new();
    private readonly Option<bool> yes = YesOption.Create();

    public ManifestDeleteCommand()
        : base("delete", "Delete a manifest with all its tags.")
    {
        subject.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        return await ManifestDeletion.RunAsync(call, await call.ContentAsync(subject.Registry), image, yes);
    }
}
