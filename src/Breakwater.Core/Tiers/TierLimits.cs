namespace Breakwater.Core.Tiers;

/// <summary>How much of everything a registry of a tier may have.</summary>
public sealed record TierLimits
{
    /// <summary>What the price includes, in bytes. Shown as the limit of <c>Size</c> by listUsages, as ACR does; nothing is refused beyond it.</summary>
    public required long IncludedBytes { get; init; }

    /// <summary>Stored bytes beyond which pushes are refused.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>The largest blob, in bytes.</summary>
    public required long MaxBlobBytes { get; init; }

    public required int Webhooks { get; init; }

    public required int Tokens { get; init; }

    public required int ScopeMaps { get; init; }

    /// <summary>Addresses and networks that a registry's firewall names.</summary>
    public required int NetworkRules { get; init; }

    /// <summary>Connections with private endpoints, of every status.</summary>
    public required int PrivateEndpoints { get; init; }

    /// <summary>GET and HEAD of content.</summary>
    public required RequestLimit Reads { get; init; }

    /// <summary>PUT, PATCH and POST of content.</summary>
    public required RequestLimit Writes { get; init; }

    public required RequestLimit Deletes { get; init; }

    /// <summary>Lists of referrers; each counts as a read too.</summary>
    public required RequestLimit Referrers { get; init; }

    /// <summary>Requests for tokens, from everybody together.</summary>
    public required RequestLimit TokenRequests { get; init; }

    /// <summary>Bytes per second that a registry sends of its content to all clients together. Null: as fast as it goes.</summary>
    public long? DownloadBytesPerSecond { get; init; }

    /// <summary>Bytes per second that a registry takes from all clients together. Null: as fast as it goes.</summary>
    public long? UploadBytesPerSecond { get; init; }
}
