using Breakwater.Core.Audit;
using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Installation;

/// <summary>How an installation is opened.</summary>
public sealed record InstallationOptions
{
    /// <summary>The installation that must be found; null: any. Guards against an empty or foreign volume under a known mount point.</summary>
    public Guid? ExpectedId { get; init; }

    /// <summary>New content is refused when less is free. Default 64 MiB: room for deletions and the database's journal.</summary>
    public long MinFreeBytes { get; init; } = 64 << 20;

    /// <summary>Memory for manifests, small blobs and rows. Default 128 MiB.</summary>
    public long CacheBytes { get; init; } = 128 << 20;

    /// <summary>What registries are below: <c>NAME.DOMAIN</c>.</summary>
    public string Domain { get; init; } = RegistryDirectory.DefaultDomain;

    /// <summary>Hosts of the plain address: no registry may take one.</summary>
    public IReadOnlyList<string> PlainHosts { get; init; } = [];

    public TierCatalog Tiers { get; init; } = TierCatalog.Default;

    /// <summary>Key stores of customers' keys. Default none: the key file alone.</summary>
    public IReadOnlyList<KeyStore> KeyStores { get; init; } = [];

    public CleanUpOptions CleanUp { get; init; } = new();

    public RotationOptions Rotation { get; init; } = new();

    public AuditOptions Audit { get; init; } = new();

    /// <summary>Called when the database failed for good; the process should end. Null: nothing is called.</summary>
    public Action<string>? OnFatal { get; init; }
}
