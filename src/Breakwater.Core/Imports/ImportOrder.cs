using Breakwater.Core.Audit;
using Breakwater.Core.Events;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>What is to be imported, from where and to where.</summary>
public sealed record ImportOrder
{
    /// <summary>A registry of this installation; null: <see cref="Host"/> is another registry.</summary>
    public Registry? SourceRegistry { get; init; }

    /// <summary>Host and perhaps port of another registry.</summary>
    public string? Host { get; init; }

    public required RepositoryName SourceRepository { get; init; }

    public required ManifestReference SourceReference { get; init; }

    /// <summary>For <see cref="Host"/> only; null: without signing in.</summary>
    public ImportCredentials? Credentials { get; init; }

    /// <summary>Not empty; each repository once.</summary>
    public required IReadOnlyList<ImportTarget> Targets { get; init; }

    /// <summary>Move tags that are there already.</summary>
    public bool Force { get; init; }

    /// <summary>Also what refers to the image: signatures, inventories, attestations. ACR has no such choice and leaves them behind.</summary>
    public bool IncludeReferrers { get; init; }

    /// <summary>The target registry's resource id, for messages.</summary>
    public required string TargetId { get; init; }

    /// <summary>Who asked, and how: what the records of the import begin with.</summary>
    public required AuditRecord Record { get; init; }

    /// <summary>Whether a registry's network lets this import in. Asked anew while it runs.</summary>
    public required Func<Registry, bool> Reaches { get; init; }

    /// <summary>What webhooks are told.</summary>
    public required EventRequest Request { get; init; }

    /// <summary>For records and messages: no credentials are in it.</summary>
    public string SourceText => $"{SourceRegistry?.Name ?? Host}/{new ImportImage(SourceRepository, SourceReference)}";
}
