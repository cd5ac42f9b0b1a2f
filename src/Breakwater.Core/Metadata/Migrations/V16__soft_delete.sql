-- The recycle bin of registries whose soft delete policy is enabled, or was. It goes by names and not by ids of repositories: a repository that was deleted is
-- gone, and one that is pushed or restored under its name is another. A digest is in a repository or in the bin under its name, never in both.
CREATE TABLE deleted_manifest (
    registry_id        TEXT    NOT NULL REFERENCES registry (id),
    repository         TEXT    NOT NULL,            -- its name
    digest             TEXT    NOT NULL,
    media_type         TEXT    NOT NULL,
    artifact_type      TEXT    NULL,
    config_media_type  TEXT    NULL,
    subject            TEXT    NULL,
    size_bytes         INTEGER NOT NULL,            -- part of registry.size_bytes, and no longer of the repository's
    epoch              INTEGER NOT NULL,
    body_id            TEXT    NOT NULL,
    signature_kind     INTEGER NULL,
    created_at         INTEGER NOT NULL,
    untagged_at        INTEGER NULL,                -- null: it never had a name
    write_enabled      INTEGER NOT NULL,
    delete_enabled     INTEGER NOT NULL,
    read_enabled       INTEGER NOT NULL,
    list_enabled       INTEGER NOT NULL,
    deleted_at         INTEGER NOT NULL,
    body               BLOB    NOT NULL,            -- last: what stands before it is read without it
    PRIMARY KEY (registry_id, repository, digest)
);
CREATE INDEX deleted_manifest_age ON deleted_manifest (registry_id, deleted_at);

CREATE TABLE deleted_manifest_edge (
    registry_id      TEXT    NOT NULL,
    repository       TEXT    NOT NULL,
    manifest_digest  TEXT    NOT NULL,
    kind             INTEGER NOT NULL,
    target           TEXT    NOT NULL,
    required         INTEGER NOT NULL,
    object_id        TEXT    NULL REFERENCES object (id),   -- the blob, which it keeps without a link: nobody can read it by this. Null: the repository had none
    PRIMARY KEY (registry_id, repository, manifest_digest, kind, target),
    FOREIGN KEY (registry_id, repository, manifest_digest) REFERENCES deleted_manifest (registry_id, repository, digest) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX deleted_manifest_edge_object ON deleted_manifest_edge (object_id) WHERE object_id IS NOT NULL;

-- The manifest may be in the bin or still be there. The same tag may have meant several.
CREATE TABLE deleted_tag (
    sequence        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,   -- in the order of the deletions
    registry_id     TEXT    NOT NULL REFERENCES registry (id),
    repository      TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    write_enabled   INTEGER NOT NULL,
    delete_enabled  INTEGER NOT NULL,
    read_enabled    INTEGER NOT NULL,
    list_enabled    INTEGER NOT NULL,
    deleted_at      INTEGER NOT NULL,
    UNIQUE (registry_id, repository, name, digest)
);
CREATE INDEX deleted_tag_manifest ON deleted_tag (registry_id, repository, digest);
CREATE INDEX deleted_tag_age ON deleted_tag (registry_id, deleted_at);

-- What a deleted repository is to have again when something is pushed or restored under its name. It goes with the last manifest of that name.
CREATE TABLE deleted_repository (
    registry_id     TEXT    NOT NULL REFERENCES registry (id),
    name            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    write_enabled   INTEGER NOT NULL,
    delete_enabled  INTEGER NOT NULL,
    read_enabled    INTEGER NOT NULL,
    list_enabled    INTEGER NOT NULL,
    PRIMARY KEY (registry_id, name)
) WITHOUT ROWID;

ALTER TABLE registry ADD COLUMN soft_delete             INTEGER NOT NULL DEFAULT 0;   -- 1: what is deleted goes into the bin
ALTER TABLE registry ADD COLUMN soft_delete_days        INTEGER NOT NULL DEFAULT 7;   -- counts for what is in the bin already, enabled or not
ALTER TABLE registry ADD COLUMN soft_delete_updated_at  INTEGER NULL;                 -- null: the policy was never changed
