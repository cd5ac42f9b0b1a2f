using Breakwater.Core.Repositories;

namespace Breakwater.Core.Retention;

/// <summary>What is asked about a tag.</summary>
internal sealed record TagFact
{
    public string Name { get; init; } = "";
    public string Digest { get; init; } = "";
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>See <see cref="LastUse"/>.</summary>
    public DateTimeOffset UsedAt { get; init; }

    public ItemLocks Locks { get; init; }
}
