namespace Breakwater.Core.Retention;

/// <summary>SQL for when something was last pushed or pulled, whichever is later.</summary>
internal static class LastUse
{
    /// <summary>Of <c>manifest m</c>.</summary>
    public const string OfManifest =
        "MAX(COALESCE(m.pushed_at, m.updated_at), COALESCE((SELECT q.last_pulled_at FROM manifest_pull q WHERE q.repository_id = m.repository_id AND q.digest = m.digest), 0))";

    /// <summary>Of <c>tag t</c>. A pull of what it means by the digest is a use of the tag: containerd asks for the tag by HEAD, which is no pull.</summary>
    public const string OfTag =
        """
        MAX(COALESCE(t.pushed_at, t.updated_at),
            COALESCE((SELECT p.last_pulled_at FROM tag_pull p WHERE p.repository_id = t.repository_id AND p.name = t.name), 0),
            COALESCE((SELECT q.last_pulled_at FROM manifest_pull q WHERE q.repository_id = t.repository_id AND q.digest = t.manifest_digest), 0))
        """;
}
