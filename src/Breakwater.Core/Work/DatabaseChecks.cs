namespace Breakwater.Core.Work;

/// <summary>Invariants that the database alone can prove. Each statement answers one line per problem, and sees one state of the database.</summary>
internal static class DatabaseChecks
{
    public static readonly IReadOnlyList<(string Invariant, string Sql)> All =
    [
        ("integrity", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        ("integrity", "SELECT 'A row of ' || \"table\" || ' refers to a missing row of ' || parent || '.' FROM pragma_foreign_key_check"),
        ("group", "SELECT 'Registry ' || r.name || ' is in a resource group that is not there.' FROM registry r WHERE NOT EXISTS (SELECT 1 FROM resource_group g WHERE g.id = r.group_id)"),
        ("key", """
            SELECT 'Content of registry ' || c.registry_id || ' is under the root key of epoch ' || c.epoch || ', which is not there.' FROM (
                SELECT registry_id, epoch FROM object
                UNION SELECT o.registry_id, p.epoch FROM object_part p JOIN object o ON o.id = p.object_id
                UNION SELECT r.registry_id, m.epoch FROM manifest m JOIN repository r ON r.id = m.repository_id
                UNION SELECT registry_id, epoch FROM deleted_manifest
                UNION SELECT u.registry_id, n.epoch FROM upload_run n JOIN upload u ON u.id = n.upload_id) c
            WHERE c.registry_id NOT IN (SELECT id FROM registry WHERE erasing = 1)
              AND NOT EXISTS (SELECT 1 FROM root_key k WHERE k.owner_id = c.registry_id AND k.epoch = c.epoch)
            """),
        ("tag", """
            SELECT 'Tag ' || t.name || ' means a missing manifest ' || t.manifest_digest || '.' FROM tag t
            WHERE NOT EXISTS (SELECT 1 FROM manifest m WHERE m.repository_id = t.repository_id AND m.digest = t.manifest_digest)
            """),
        ("edge", """
            SELECT 'Manifest ' || e.manifest_digest || ' needs blob ' || e.target || ', which its repository does not link.' FROM manifest_edge e
            WHERE e.required = 1 AND NOT EXISTS (SELECT 1 FROM blob_link l WHERE l.repository_id = e.repository_id AND l.digest = e.target)
            """),
        ("link", """
            SELECT 'Blob ' || l.digest || ' is linked to an object of ' || COALESCE(o.digest, 'nothing') || '.' FROM blob_link l
            LEFT JOIN object o ON o.id = l.object_id WHERE o.digest IS NULL OR o.digest <> l.digest
            """),
        ("link", """
            SELECT 'Object ' || o.id || ' is linked by no repository and kept by no recycle bin.' FROM object o
            WHERE NOT EXISTS (SELECT 1 FROM blob_link l WHERE l.object_id = o.id) AND NOT EXISTS (SELECT 1 FROM deleted_manifest_edge e WHERE e.object_id = o.id)
            """),
        ("link", "SELECT 'Object ' || o.id || ' is live and discarded.' FROM object o JOIN discarded_object d ON d.id = o.id"),
        ("part", """
            SELECT 'Object ' || p.object_id || ' has ' || COUNT(*) || ' further parts, numbered to ' || MAX(p.sequence) || ', of ' || SUM(p.size_bytes) || ' bytes; it has ' || o.size_bytes || '.'
            FROM object_part p JOIN object o ON o.id = p.object_id GROUP BY p.object_id, o.size_bytes
            HAVING COUNT(*) <> MAX(p.sequence) OR MIN(p.sequence) <> 1 OR SUM(p.size_bytes) > o.size_bytes
            """),
        ("part", "SELECT 'Part ' || p.part_id || ' is live and discarded.' FROM object_part p JOIN discarded_object d ON d.id = p.part_id"),
        ("part", "SELECT 'Part ' || p.part_id || ' is an object too.' FROM object_part p JOIN object o ON o.id = p.part_id"),
        ("review", """
            SELECT 'Blob ' || l.digest || ' has no reference, and no review will find it.' FROM blob_link l
            WHERE NOT EXISTS (SELECT 1 FROM review v WHERE v.repository_id = l.repository_id AND v.digest = l.digest)
              AND NOT EXISTS (SELECT 1 FROM manifest_edge e WHERE e.repository_id = l.repository_id AND e.target = l.digest AND e.kind IN (0, 1))
            """),
        ("lease", """
            SELECT 'A lease holds blob ' || s.digest || ', which its repository does not link.' FROM lease s
            WHERE NOT EXISTS (SELECT 1 FROM blob_link l WHERE l.repository_id = s.repository_id AND l.digest = s.digest)
            """),
        ("referrers", """
            SELECT 'Manifest ' || m.digest || ' and its edge disagree about the subject.' FROM manifest m
            WHERE m.subject IS NOT (SELECT e.target FROM manifest_edge e WHERE e.repository_id = m.repository_id AND e.manifest_digest = m.digest AND e.kind = 3)
            """),
        ("untagged", """
            SELECT 'Manifest ' || m.digest || ' has a tag, and a time since when it has none.' FROM manifest m
            WHERE m.untagged_at IS NOT NULL AND EXISTS (SELECT 1 FROM tag t WHERE t.repository_id = m.repository_id AND t.manifest_digest = m.digest)
            """),
        ("bin", """
            SELECT 'Manifest ' || d.digest || ' is in repository ' || d.repository || ' and in the recycle bin.' FROM deleted_manifest d
            JOIN repository r ON r.registry_id = d.registry_id AND r.name = d.repository JOIN manifest m ON m.repository_id = r.id AND m.digest = d.digest
            """),
        ("bin", """
            SELECT 'Deleted manifest ' || e.manifest_digest || ' needs blob ' || e.target || ', which the recycle bin does not keep.' FROM deleted_manifest_edge e
            LEFT JOIN object o ON o.id = e.object_id
            WHERE (e.required = 1 AND e.object_id IS NULL) OR (e.object_id IS NOT NULL AND (o.digest IS NULL OR o.digest <> e.target OR o.registry_id <> e.registry_id))
            """),
        ("bin", """
            SELECT 'Deleted tag ' || t.name || ' of ' || t.repository || ' means ' || t.digest || ', which is nowhere.' FROM deleted_tag t
            WHERE NOT EXISTS (SELECT 1 FROM deleted_manifest d WHERE d.registry_id = t.registry_id AND d.repository = t.repository AND d.digest = t.digest)
              AND NOT EXISTS (SELECT 1 FROM repository r JOIN manifest m ON m.repository_id = r.id
                WHERE r.registry_id = t.registry_id AND r.name = t.repository AND m.digest = t.digest)
            """),
        ("bin", """
            SELECT 'Repository ' || x.name || ' is deleted, and there is nothing to restore or it is there again.' FROM deleted_repository x
            WHERE NOT EXISTS (SELECT 1 FROM deleted_manifest d WHERE d.registry_id = x.registry_id AND d.repository = x.name)
               OR EXISTS (SELECT 1 FROM repository r WHERE r.registry_id = x.registry_id AND r.name = x.name)
            """),
        ("event", """
            SELECT 'Webhook event ' || e.id || ' waits, and nothing will send it.' FROM webhook_event e
            WHERE e.state = 0 AND e.due_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM webhook_event f WHERE f.webhook_id = e.webhook_id AND f.lane = e.lane AND f.state = 0 AND f.sequence < e.sequence)
            """),
        ("event", """
            SELECT 'Webhook ' || w.name || ' counts ' || w.waiting || ' events that wait, but has ' || c.waiting || '.'
            FROM webhook w JOIN (SELECT h.id, (SELECT COUNT(*) FROM webhook_event e WHERE e.webhook_id = h.id AND e.state = 0) AS waiting FROM webhook h) c ON c.id = w.id
            WHERE w.waiting <> c.waiting
            """),
        ("usage", """
            SELECT 'Repository ' || r.name || ' counts ' || r.size_bytes || ' bytes, ' || r.shared_bytes || ' of them shared, ' || r.manifest_count || ' manifests and ' || r.tag_count || ' tags, but has '
                || c.bytes || ', ' || c.shared || ', ' || c.manifests || ' and ' || c.tags || '.'
            FROM repository r JOIN (
                SELECT p.id,
                    (SELECT COALESCE(SUM(o.size_bytes), 0) FROM blob_link l JOIN object o ON o.id = l.object_id WHERE l.repository_id = p.id)
                        + (SELECT COALESCE(SUM(m.size_bytes), 0) FROM manifest m WHERE m.repository_id = p.id) AS bytes,
                    (SELECT COALESCE(SUM(o.size_bytes), 0) FROM blob_link l JOIN object o ON o.id = l.object_id
                        WHERE l.repository_id = p.id AND EXISTS (SELECT 1 FROM blob_link x WHERE x.object_id = o.id AND x.repository_id <> p.id)) AS shared,
                    (SELECT COUNT(*) FROM manifest m WHERE m.repository_id = p.id) AS manifests,
                    (SELECT COUNT(*) FROM tag t WHERE t.repository_id = p.id) AS tags
                FROM repository p) c ON c.id = r.id
            WHERE r.size_bytes <> c.bytes OR r.shared_bytes <> c.shared OR r.manifest_count <> c.manifests OR r.tag_count <> c.tags
            """),
        ("usage", """
            SELECT 'Registry ' || g.name || ' counts ' || g.size_bytes || ' bytes, but has ' || c.bytes || '.'
            FROM registry g JOIN (
                SELECT p.id,
                    (SELECT COALESCE(SUM(o.size_bytes), 0) FROM object o WHERE o.registry_id = p.id)
                        + (SELECT COALESCE(SUM(m.size_bytes), 0) FROM manifest m JOIN repository r ON r.id = m.repository_id WHERE r.registry_id = p.id)
                        + (SELECT COALESCE(SUM(d.size_bytes), 0) FROM deleted_manifest d WHERE d.registry_id = p.id) AS bytes
                FROM registry p) c ON c.id = g.id
            WHERE g.size_bytes <> c.bytes
            """),
    ];
}
