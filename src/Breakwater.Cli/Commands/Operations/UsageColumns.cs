using System.Text.Json.Nodes;
using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>What tables show of pulls, pushes and bytes.</summary>
internal static class UsageColumns
{
    public static Column[] Totals { get; } =
    [
        new("Size", "sizeBytes", Cells.Size), new("Repositories", "repositoryCount"), new("Manifests", "manifestCount"), new("Tags", "tagCount"), new("Pulls", "pullCount"), new("Pushes", "pushCount"),
        new("Last pull", "lastPullTime", OrNever), new("Last push", "lastPushTime", OrNever), new("Counted since", "countedSince", Cells.Time),
    ];

    public static Column[] Repositories { get; } =
    [
        new("Repository", "name"), new("Size", "sizeBytes", Cells.Size), new("Unique", "uniqueBytes", Cells.Size), new("Manifests", "manifestCount"), new("Tags", "tagCount"), new("Pulls", "pullCount"),
        new("Last pull", "lastPullTime", OrNever), new("Last push", "lastPushTime", OrNever),
    ];

    public static Column[] Tags { get; } =
    [
        new("Tag", "name"), new("Digest", "digest", Cells.Digest), new("Size", "sizeBytes", Cells.Size), new("Unique", "uniqueBytes", Cells.Size), new("Pulls", "pullCount"), new("Of manifest", "manifestPullCount"),
        new("Last pull", "", LastPull), new("Last push", "lastPushTime", Cells.Time),
    ];

    private static string OrNever(JsonNode? time) => time is null ? "never" : Cells.Time(time);

    // containerd pulls what a tag means by the digest.
    private static string LastPull(JsonNode? tag)
    {
        DateTimeOffset?[] times = [(DateTimeOffset?)tag?["lastPullTime"], (DateTimeOffset?)tag?["manifestLastPullTime"]];
        return times.Max() is { } last ? Cells.Time(JsonValue.Create($"{last:O}")) : "never";
    }
}
