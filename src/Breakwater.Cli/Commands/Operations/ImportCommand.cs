using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater import</c>: the server fetches, not this machine.</summary>
internal sealed class ImportCommand : CliCommand
{
    private readonly Subject source = new("SOURCE", "HOST/REPOSITORY:TAG (or @DIGEST); with --source-registry without the host.", "--source");
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string[]?> targets = new("--image", "-t") { Description = "What it is called here: REPOSITORY:TAG. Default: as there.", HelpName = "IMAGE" };
    private readonly Option<string[]?> untagged = new("--repository") { Description = "Where it arrives by digest only.", HelpName = "REPOSITORY" };
    private readonly Option<string?> from = new("--source-registry") { Description = "A registry of this installation as the source: its name or resource id.", HelpName = "REGISTRY" };
    private readonly Option<string?> user = new("--source-username") { Description = "By which the server signs in at the source.", HelpName = "NAME" };
    private readonly SecretOptions password = new("password at the source", "--source-password");
    private readonly Option<bool> force = new("--force") { Description = "Move tags that exist already." };
    private readonly Option<bool> referrers = new("--include-referrers") { Description = "Also what refers to it: signatures, inventories, attestations." };

    public ImportCommand()
        : base("import", "Copy an image from another registry.")
    {
        source.AddTo(this);
        registry.AddTo(this);
        foreach (var option in new Option[] { targets, untagged, from, user, force, referrers })
            Add(option);
        password.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var origin = SourceOf(call);
        var tags = call.Value(targets) is { Length: > 0 } named ? named : call.Value(untagged) is { Length: > 0 } ? [] : [origin.SourceImage];
        if (tags.FirstOrDefault(tag => ImageName.Parse(tag).Tag is null) is { } wrong)
            throw new BreakwaterException(ErrorKind.Invalid, $"'{wrong}' names no tag to give here.", "Give --image REPOSITORY:TAG, or --repository REPOSITORY.");
        var client = await call.RegistryAsync(registry);
        await call.WaitAsync($"Importing {origin.SourceImage}…", async () =>
        {
            await client.ImportAsync(new ImportRequest(origin, tags, call.Value(untagged) ?? [], call.Value(force) ? "Force" : "NoForce", call.Value(referrers)), call.Stop);
            return true;
        });
        return Answer.Done($"Imported {origin.SourceImage}{(tags.Length > 0 ? $" as {string.Join(", ", tags)}" : "")}.");
    }

    private ImportSource SourceOf(Invocation call)
    {
        var (text, name) = (source.In(call), call.Value(from));
        var credentials = call.Value(user) is not null || password.IsGiven(call) ? new ImportCredentials(call.Value(user), password.Read(call, variable: null)) : null;
        if (name is not null)
            return new ImportSource(name.StartsWith('/') ? name : $"{new RegistryId(call.Connection.Management.Subscription, RegistryId.DefaultGroup, name)}", null, text, credentials);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new ImportSource(null, text[..slash], text[(slash + 1)..], credentials)
            : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' names no host.", "Write HOST/REPOSITORY:TAG, such as docker.io/library/alpine:3.");
    }
}
