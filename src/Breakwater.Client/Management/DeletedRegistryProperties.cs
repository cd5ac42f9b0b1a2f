using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A registry that was deleted and can be recovered.</summary>
public sealed record DeletedRegistryProperties : OpenRecord
{
    public string? RegistryId { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset? DeletionDate { get; init; }

    /// <summary>Then it is erased.</summary>
    public DateTimeOffset? ScheduledPurgeDate { get; init; }
}
