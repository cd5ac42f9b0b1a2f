-- Ids are random GUIDs as 32 hexadecimal digits; times are milliseconds since 1970 (UTC); digests are canonical text.

CREATE TABLE installation (
    id          TEXT    NOT NULL PRIMARY KEY,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- Root keys wrapped by a key provider. owner_id is a registry, or the installation for the system root key.
CREATE TABLE root_key (
    owner_id     TEXT    NOT NULL,
    epoch        INTEGER NOT NULL,
    provider     TEXT    NOT NULL,
    key_version  TEXT    NOT NULL,
    wrapped      BLOB    NOT NULL,
    check_value  BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (owner_id, epoch)
) WITHOUT ROWID;

CREATE TABLE registry (
    id                TEXT    NOT NULL PRIMARY KEY,
    name              TEXT    NOT NULL UNIQUE,
    security_version  INTEGER NOT NULL DEFAULT 1,
    size_bytes        INTEGER NOT NULL DEFAULT 0,   -- stored content: live objects and manifest bodies, each once
    created_at        INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE repository (
    id              TEXT    NOT NULL PRIMARY KEY,
    registry_id     TEXT    NOT NULL REFERENCES registry (id),
    name            TEXT    NOT NULL,
    size_bytes      INTEGER NOT NULL DEFAULT 0,     -- linked blobs and manifest bodies
    manifest_count  INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    UNIQUE (registry_id, name)
) WITHOUT ROWID;
CREATE INDEX repository_catalog ON repository (registry_id, name) WHERE manifest_count > 0;

-- Live content in the blob store. A digest has at most one live object in a registry.
CREATE TABLE object (
    id           TEXT    NOT NULL PRIMARY KEY,
    registry_id  TEXT    NOT NULL REFERENCES registry (id),
    digest       TEXT    NOT NULL,
    size_bytes   INTEGER NOT NULL,                  -- of the plain content
    epoch        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    UNIQUE (registry_id, digest)
) WITHOUT ROWID;

-- Objects whose rows are gone and whose files follow some minutes later.
CREATE TABLE discarded_object (
    id            TEXT    NOT NULL PRIMARY KEY,
    discarded_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- The right to read a blob: access goes by this link, never by digest alone.
CREATE TABLE blob_link (
    repository_id  TEXT    NOT NULL REFERENCES repository (id),
    digest         TEXT    NOT NULL,
    object_id      TEXT    NOT NULL REFERENCES object (id),
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (repository_id, digest)
) WITHOUT ROWID;
CREATE INDEX blob_link_object ON blob_link (object_id);

CREATE TABLE manifest (
    repository_id      TEXT    NOT NULL REFERENCES repository (id),
    digest             TEXT    NOT NULL,
    media_type         TEXT    NOT NULL,
    artifact_type      TEXT    NULL,
    config_media_type  TEXT    NULL,
    subject            TEXT    NULL,
    size_bytes         INTEGER NOT NULL,
    epoch              INTEGER NOT NULL,
    body               BLOB    NOT NULL,            -- the manifest, byte for byte, in the sealed form of objects
    body_id            TEXT    NOT NULL,            -- bound into the seal as an object id
    created_at         INTEGER NOT NULL,
    PRIMARY KEY (repository_id, digest)
);
CREATE INDEX manifest_subject ON manifest (repository_id, subject, digest) WHERE subject IS NOT NULL;

CREATE TABLE manifest_edge (
    repository_id    TEXT    NOT NULL,
    manifest_digest  TEXT    NOT NULL,
    kind             INTEGER NOT NULL,              -- 0 config, 1 layer, 2 child, 3 subject
    target           TEXT    NOT NULL,
    required         INTEGER NOT NULL,              -- 1: a blob that the repository must link; 0: may be elsewhere or nowhere
    PRIMARY KEY (repository_id, manifest_digest, kind, target),
    FOREIGN KEY (repository_id, manifest_digest) REFERENCES manifest (repository_id, digest) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX manifest_edge_target ON manifest_edge (repository_id, target);

CREATE TABLE tag (
    repository_id    TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    manifest_digest  TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    PRIMARY KEY (repository_id, name),
    FOREIGN KEY (repository_id, manifest_digest) REFERENCES manifest (repository_id, digest)
) WITHOUT ROWID;
CREATE INDEX tag_manifest ON tag (repository_id, manifest_digest);

-- Until when a blob stays although nothing refers to it.
CREATE TABLE lease (
    repository_id  TEXT    NOT NULL REFERENCES repository (id),
    digest         TEXT    NOT NULL,
    expires_at     INTEGER NOT NULL,
    PRIMARY KEY (repository_id, digest)
) WITHOUT ROWID;

-- Blobs whose references changed; looked at when their time has come.
CREATE TABLE review (
    repository_id  TEXT    NOT NULL REFERENCES repository (id),
    digest         TEXT    NOT NULL,
    review_after   INTEGER NOT NULL,
    PRIMARY KEY (repository_id, digest)
) WITHOUT ROWID;
CREATE INDEX review_due ON review (review_after);

CREATE TABLE upload (
    id             TEXT    NOT NULL PRIMARY KEY,
    registry_id    TEXT    NOT NULL REFERENCES registry (id),
    repository_id  TEXT    NOT NULL REFERENCES repository (id),
    principal_id   TEXT    NOT NULL,
    algorithm      INTEGER NOT NULL,                -- of the digest that is computed while the content arrives
    created_at     INTEGER NOT NULL
) WITHOUT ROWID;

-- The bodies that arrived for an upload, one object each.
CREATE TABLE upload_run (
    upload_id   TEXT    NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    sequence    INTEGER NOT NULL,
    object_id   TEXT    NOT NULL,
    epoch       INTEGER NOT NULL,
    size_bytes  INTEGER NULL,                       -- null while it is being written
    PRIMARY KEY (upload_id, sequence)
) WITHOUT ROWID;
