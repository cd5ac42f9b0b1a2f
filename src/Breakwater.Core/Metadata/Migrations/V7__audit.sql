-- The audit log: a chain of records, where each hash covers the one before it (Core/Audit/ChainHash.cs draws the encoding).
-- The hash of the previous record is not repeated in the row: it is the previous row's, or the start checkpoint's.
-- There is one index, on time: each further one would cost every pull.
CREATE TABLE audit_record (
    sequence        INTEGER NOT NULL PRIMARY KEY,   -- 1, 2, 3, ... without gaps
    time            INTEGER NOT NULL,               -- milliseconds since 1970
    category        INTEGER NOT NULL,               -- 0 login, 1 repository, 2 administration
    operation       TEXT    NOT NULL,
    status          INTEGER NOT NULL,               -- HTTP; 0: the outcome is not known
    description     TEXT    NULL,
    principal_id    TEXT    NULL,
    principal_kind  INTEGER NULL,
    identity        TEXT    NULL,                   -- the principal's name then
    credential      TEXT    NULL,
    jwt_id          TEXT    NULL,
    caller_ip       TEXT    NULL,
    user_agent      TEXT    NULL,
    correlation_id  TEXT    NULL,
    login_server    TEXT    NULL,
    duration_ms     INTEGER NOT NULL,
    repository      TEXT    NULL,
    tag             TEXT    NULL,
    digest          TEXT    NULL,
    media_type      TEXT    NULL,
    artifact_type   TEXT    NULL,
    size_bytes      INTEGER NULL,
    resource        TEXT    NULL,
    count           INTEGER NOT NULL,               -- how many equal events the record stands for
    hash            BLOB    NOT NULL
);
CREATE INDEX audit_record_time ON audit_record (time);

-- Signed statements that the chain had this hash at this record.
CREATE TABLE audit_checkpoint (
    kind       INTEGER NOT NULL,                    -- 0 head (one, moves with every write), 1 kept, 2 start (one, what pruning left)
    sequence   INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    hash       BLOB    NOT NULL,
    key_id     TEXT    NOT NULL REFERENCES audit_key (id),
    signature  BLOB    NOT NULL,
    PRIMARY KEY (kind, sequence)
) WITHOUT ROWID;

-- Its own key and not one that signs tokens: a checkpoint must be verifiable for as long as the log is kept.
CREATE TABLE audit_key (
    id           TEXT    NOT NULL PRIMARY KEY,
    public_key   BLOB    NOT NULL,                  -- SubjectPublicKeyInfo, for whoever verifies elsewhere
    private_key  BLOB    NOT NULL,                  -- PKCS#8, sealed
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;

-- Changes of rights and settings that began and whose outcome is not in the chain yet. What a crash leaves here becomes a record at the next start.
CREATE TABLE audit_pending (
    id              TEXT    NOT NULL PRIMARY KEY,
    time            INTEGER NOT NULL,
    category        INTEGER NOT NULL,
    operation       TEXT    NOT NULL,
    status          INTEGER NOT NULL,
    description     TEXT    NULL,
    principal_id    TEXT    NULL,
    principal_kind  INTEGER NULL,
    identity        TEXT    NULL,
    credential      TEXT    NULL,
    jwt_id          TEXT    NULL,
    caller_ip       TEXT    NULL,
    user_agent      TEXT    NULL,
    correlation_id  TEXT    NULL,
    login_server    TEXT    NULL,
    duration_ms     INTEGER NOT NULL,
    repository      TEXT    NULL,
    tag             TEXT    NULL,
    digest          TEXT    NULL,
    media_type      TEXT    NULL,
    artifact_type   TEXT    NULL,
    size_bytes      INTEGER NULL,
    resource        TEXT    NULL,
    count           INTEGER NOT NULL
) WITHOUT ROWID;
