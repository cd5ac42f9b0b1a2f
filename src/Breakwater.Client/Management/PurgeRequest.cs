namespace Breakwater.Client.Management;

/// <summary>What is to be purged of a registry. Times are written like <c>7d</c>, <c>1d12h</c> or <c>90m</c>.</summary>
/// <param name="Filters">REPOSITORY:TAG, two regular expressions.</param>
/// <param name="Ago">Only what was not changed for so long; null: whatever its age.</param>
/// <param name="NotPulledFor">Only what was neither pulled nor pushed for so long; null: whether it is pulled or not.</param>
/// <param name="Keep">So many of the newest tags that would go stay, in each repository; null: none.</param>
/// <param name="Untagged">Whether manifests without a tag go too.</param>
/// <param name="IncludeLocked">Whether locks of tags and manifests are no obstacle.</param>
/// <param name="DryRun">Decides and changes nothing.</param>
public sealed record PurgeRequest(
    IReadOnlyList<string> Filters, string? Ago = null, string? NotPulledFor = null, int? Keep = null, bool? Untagged = null, bool? IncludeLocked = null, bool? DryRun = null)
{
    /// <summary>The moment of a dry run, for the run that is to remove what it showed; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Of the page before; null: from the start.</summary>
    public string? Continuation { get; init; }
}
