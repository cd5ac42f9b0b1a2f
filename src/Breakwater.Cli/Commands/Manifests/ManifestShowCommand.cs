using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest show</c>: the manifest as JSON, also where tables are the rule, for it is a document.</summary>
internal sealed class ManifestShowCommand : CliCommand
{
    private readonly ManifestSubject subject = new();
    private readonly Option<bool> raw = new("--raw") { Description = "Byte for byte, as it was pushed." };

    public ManifestShowCommand()
        : base("show", "Show a manifest.")
    {
        subject.AddTo(this);
        Add(raw);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        var content = await call.ContentAsync(subject.Registry);
        var manifest = await content.Manifests.FetchAsync(image.Repository, image.Reference!, call.Stop);
        if (call.Value(raw))
            return Answer.Text(Encoding.UTF8.GetString(manifest.Bytes));
        try
        {
            return Answer.Document(JsonNode.Parse(manifest.Bytes));
        }
        catch (JsonException e)
        {
            throw new BreakwaterException(ErrorKind.Failed, $"{image} is no JSON.", "--raw shows it as it is.", e);
        }
    }
}
