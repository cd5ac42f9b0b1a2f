using Breakwater.Core.Repositories;

namespace Breakwater.Core.Manifests;

/// <summary>The part of <see cref="ManifestProperties"/> that the database has.</summary>
internal sealed record ManifestPropertyRow
{
    public const string Select =
        $"""
        SELECT digest, media_type, config_media_type, created_at, updated_at, COALESCE(pushed_at, updated_at) AS pushed_at, {ItemLockColumns.Value} AS locks,
            COALESCE((SELECT p.pulls FROM manifest_pull p WHERE p.repository_id = m.repository_id AND p.digest = m.digest), 0) AS pull_count,
            (SELECT p.last_pulled_at FROM manifest_pull p WHERE p.repository_id = m.repository_id AND p.digest = m.digest) AS last_pulled_at,
            m.size_bytes + (SELECT COALESCE(SUM(o.size_bytes), 0) FROM blob_link l JOIN object o ON o.id = l.object_id
                WHERE l.repository_id = m.repository_id AND l.digest IN (SELECT e.target FROM manifest_edge e
                    WHERE e.repository_id = m.repository_id AND e.manifest_digest = m.digest AND e.kind IN (0, 1))) AS image_size_bytes,
            (SELECT e.target FROM manifest_edge e WHERE e.repository_id = m.repository_id AND e.manifest_digest = m.digest AND e.kind = 0) AS config,
            (SELECT group_concat(t.name, ' ') FROM tag t
                WHERE t.repository_id = m.repository_id AND t.manifest_digest = m.digest AND t.list_enabled = 1) AS tags
        FROM manifest m WHERE repository_id = @Id
        """;

    public string Digest { get; init; } = "";
    public string MediaType { get; init; } = "";
    public string? ConfigMediaType { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset PushedAt { get; init; }
    public long PullCount { get; init; }
    public DateTimeOffset? LastPulledAt { get; init; }
    public ItemLocks Locks { get; init; }
    public long ImageSizeBytes { get; init; }
    public string? Config { get; init; }
    public string? Tags { get; init; }

    public ManifestProperties Tell(Platform platform, IReadOnlyList<IndexEntry>? references = null) => new()
    {
        Digest = Digest,
        MediaType = MediaType,
        ConfigMediaType = ConfigMediaType,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        PushedAt = PushedAt,
        PullCount = PullCount,
        LastPulledAt = LastPulledAt,
        Locks = Locks,
        ImageSizeBytes = ImageSizeBytes,
        Tags = Tags is null ? [] : [.. Tags.Split(' ').Order(StringComparer.Ordinal)],
        Platform = platform,
        References = references,
    };
}
