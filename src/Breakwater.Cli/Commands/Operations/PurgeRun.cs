using System.Globalization;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>Asks for the pages of a purge, one after the other, and gathers what they say.</summary>
internal sealed class PurgeRun(Invocation call, RegistryClient registry, PurgeRequest request)
{
    private readonly List<PurgedItem> removed = [], kept = [];

    public bool IsNothing => removed.Count == 0;

    private string Verb => request.DryRun == true ? "Would remove" : "Removed";

    /// <summary>The moment that its times are counted back from.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>Null when it does not go by pulls.</summary>
    private DateTimeOffset? CountedSince { get; set; }

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verb} {Count(removed.Count(item => item.Tag is not null), "tag")} and {Count(removed.Count(item => item.Tag is null), "manifest")}; {kept.Count} kept.{(IsNothing && CountedSince is { } since ? $" Pulls are counted since {since.UtcDateTime:yyyy-MM-dd HH:mm'Z'}." : "")}{(request.DryRun == true && AsOf is { } moment ? $" As of {moment.UtcDateTime:O}." : "")}");

    public async Task<PurgeRun> RunAsync()
    {
        try
        {
            await call.WaitAsync(request.DryRun == true ? "Looking…" : "Removing…", async show =>
            {
                for (var next = request; next is not null;)
                {
                    next = await RunPageAsync(next);
                    show(Summary);
                }
                return true;
            });
        }
        catch when (request.DryRun != true && !IsNothing)
        {
            call.Around.Error.WriteLine($"{Summary} Then it ended:");
            throw;
        }
        return this;
    }

    public Answer Tell() => Answer.List(
        removed.Select(item => Entry(item, request.DryRun == true ? "goes" : "removed")).Concat(kept.Select(item => Entry(item, "kept"))),
        new("Repository", "repository"), new("Tag", "tag"), new("Digest", "digest", Cells.Digest), new("Outcome", "outcome"), new("Reason", "reason")) with
    {
        Message = Summary,
    };

    /// <returns>What to ask next; null at the end.</returns>
    private async Task<PurgeRequest?> RunPageAsync(PurgeRequest page)
    {
        var answer = await registry.PurgeAsync(page, call.Stop);
        removed.AddRange(answer.Removed);
        kept.AddRange(answer.Kept);
        AsOf ??= answer.AsOf;
        CountedSince ??= answer.PullsCountedSince;
        return answer.Continuation is { } more ? request with { Continuation = more } : null;
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static object Entry(PurgedItem item, string outcome) => new { repository = item.Repository, tag = item.Tag, digest = item.Digest, outcome, reason = item.Reason };
}
