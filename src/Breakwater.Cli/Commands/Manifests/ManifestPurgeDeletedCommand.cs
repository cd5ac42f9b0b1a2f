using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Manifests;

/// <summary><c>breakwater manifest purge-deleted</c>. What was deleted after the question was asked stays.</summary>
internal sealed class ManifestPurgeDeletedCommand : CliCommand
{
    private readonly Subject repository = new("REPOSITORY", "The repository.", "--repository", "--name", "-n");
    private readonly Option<bool> all = new("--all") { Description = "Of all repositories of the registry." };
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> yes = YesOption.Create();

    public ManifestPurgeDeletedCommand()
        : base("purge-deleted", "Empty the recycle bin now, of one repository or of all. What is gone cannot be restored.")
    {
        repository.AddTo(this);
        Add(all);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = RepositoryIn(call);
        var client = await call.RegistryAsync(registry);
        var found = await client.PurgeDeletedAsync(name, dryRun: true, asOf: null, call.Stop);
        if (found is { ManifestCount: 0, TagCount: 0 })
            return Answer.Item(found) with { Message = "Nothing is in the recycle bin." };
        call.Confirm($"Delete {Told(found)} {(name is null ? "of the whole registry" : $"of {name}")} for good?", yes);
        return await call.WaitAsync("Emptying the recycle bin…", show => RunAsync(call, client, name, found, show));
    }

    private static async Task<Answer> RunAsync(Invocation call, RegistryClient client, string? repository, BinPurgePage found, Action<string> show)
    {
        var sum = found with { ManifestCount = 0, TagCount = 0, FreedBytes = 0, IsComplete = false };
        while (!sum.IsComplete)
        {
            var page = await client.PurgeDeletedAsync(repository, dryRun: false, found.AsOf, call.Stop);
            sum = page with { ManifestCount = sum.ManifestCount + page.ManifestCount, TagCount = sum.TagCount + page.TagCount, FreedBytes = sum.FreedBytes + page.FreedBytes };
            show(Told(sum));
        }
        return Answer.Item(sum) with { Message = $"Deleted {Told(sum)}; the registry holds {Cells.Size(JsonValue.Create(sum.FreedBytes))} less." };
    }

    /// <exception cref="BreakwaterException">Neither a repository nor all, or both.</exception>
    private string? RepositoryIn(Invocation call)
    {
        var named = repository.Find(call);
        return named is null == call.Value(all)
            ? named is null ? null : ImageName.ParseRepository(named).Value
            : throw new BreakwaterException(ErrorKind.Invalid, "It is not said of which repository.", "Name one, or give --all.");
    }

    private static string Told(BinPurgePage page) => string.Create(
        CultureInfo.InvariantCulture, $"{page.ManifestCount} manifest{(page.ManifestCount == 1 ? "" : "s")} and {page.TagCount} lone tag{(page.TagCount == 1 ? "" : "s")}");
}
