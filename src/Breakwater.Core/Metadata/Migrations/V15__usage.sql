-- Pulls that were counted, by what they were of. A row goes with what it counts for. They stand beside and not in the rows of manifests: a change there would
-- write the sealed body anew.
CREATE TABLE manifest_pull (
    repository_id   TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    pulls           INTEGER NOT NULL,
    last_pulled_at  INTEGER NOT NULL,
    PRIMARY KEY (repository_id, digest),
    FOREIGN KEY (repository_id, digest) REFERENCES manifest (repository_id, digest) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE tag_pull (
    repository_id   TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    pulls           INTEGER NOT NULL,
    last_pulled_at  INTEGER NOT NULL,
    PRIMARY KEY (repository_id, name),
    FOREIGN KEY (repository_id, name) REFERENCES tag (repository_id, name) ON DELETE CASCADE
) WITHOUT ROWID;

-- Pulls are gathered in memory for some seconds: by the id they find the tag that was pulled and not another one that has its name since.
ALTER TABLE tag ADD COLUMN id             TEXT    NULL;                   -- null: set before ids were kept
ALTER TABLE tag ADD COLUMN pushed_at      INTEGER NULL;                   -- null: at updated_at
ALTER TABLE manifest ADD COLUMN pushed_at INTEGER NULL;                   -- null: at updated_at

ALTER TABLE repository ADD COLUMN tag_count       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE repository ADD COLUMN shared_bytes    INTEGER NOT NULL DEFAULT 0;   -- of size_bytes: blobs that another repository links too
ALTER TABLE repository ADD COLUMN pulls           INTEGER NOT NULL DEFAULT 0;   -- also of what was deleted since
ALTER TABLE repository ADD COLUMN pushes          INTEGER NOT NULL DEFAULT 0;   -- since this was counted
ALTER TABLE repository ADD COLUMN last_pulled_at  INTEGER NULL;
ALTER TABLE repository ADD COLUMN last_pushed_at  INTEGER NULL;

ALTER TABLE registry ADD COLUMN pulls           INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry ADD COLUMN pushes          INTEGER NOT NULL DEFAULT 0;
ALTER TABLE registry ADD COLUMN last_pulled_at  INTEGER NULL;
ALTER TABLE registry ADD COLUMN last_pushed_at  INTEGER NULL;
ALTER TABLE registry ADD COLUMN counted_since   INTEGER NULL;             -- when counting began, if the registry was there before; null: when it was made

UPDATE registry SET counted_since = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
UPDATE repository SET
    tag_count = (SELECT COUNT(*) FROM tag t WHERE t.repository_id = repository.id),
    last_pushed_at = (SELECT MAX(m.updated_at) FROM manifest m WHERE m.repository_id = repository.id),
    shared_bytes = (SELECT COALESCE(SUM(o.size_bytes), 0) FROM blob_link l JOIN object o ON o.id = l.object_id
        WHERE l.repository_id = repository.id AND EXISTS (SELECT 1 FROM blob_link other WHERE other.object_id = l.object_id AND other.repository_id <> l.repository_id));
UPDATE registry SET last_pushed_at = (SELECT MAX(r.last_pushed_at) FROM repository r WHERE r.registry_id = registry.id);
