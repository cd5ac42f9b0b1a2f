using Breakwater.Core.Repositories;

namespace Breakwater.Core.SoftDelete;

/// <summary>A row of <c>deleted_tag</c> that is to be a tag again.</summary>
internal sealed record DeletedTagRow
{
    public string Name { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public ItemLocks Locks { get; init; }
}
