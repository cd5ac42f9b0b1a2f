using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;
using Breakwater.Oci;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest list-referrers</c></summary>
internal sealed class ManifestListReferrersCommand : CliCommand
{
    private readonly ManifestSubject subject = new();
    private readonly Option<string?> type = new("--artifact-type") { Description = "Only those of this type.", HelpName = "TYPE" };
    private readonly Option<bool> recursive = new("--recursive") { Description = "Also what refers to them." };
    private readonly Option<int?> top = TopOption.Create();

    public ManifestListReferrersCommand()
        : base("list-referrers", "List what refers to a manifest: signatures, bills of materials.")
    {
        subject.AddTo(this);
        Add(type);
        Add(recursive);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var image = subject.In(call);
        var content = await call.ContentAsync(subject.Registry);
        var digest = await ManifestSubject.DigestAsync(call, content, image);
        return Answer.List(
            await ListAsync(call, content, image.Repository, digest).Top(call.Value(top)).ToListAsync(call.Stop),
            new("Digest", "digest", Cells.Digest), new("Artifact type", "artifactType"), new("Size", "size", Cells.Size));
    }

    // A graph without cycles, as each refers to what was there before it; still nobody is asked about twice.
    private async IAsyncEnumerable<Referrer> ListAsync(Invocation call, ContentClient content, RepositoryName repository, Digest root)
    {
        var (waiting, seen) = (new Queue<Digest>([root]), new HashSet<string> { root.Value });
        while (waiting.TryDequeue(out var next))
        {
            await foreach (var referrer in content.Manifests.ListReferrersAsync(repository, next, call.Value(type), call.Stop))
            {
                if (!seen.Add(referrer.Digest))
                    continue;
                yield return referrer;
                if (call.Value(recursive))
                    waiting.Enqueue(Digest.Parse(referrer.Digest));
            }
        }
    }
}
