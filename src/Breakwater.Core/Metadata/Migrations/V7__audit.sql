-- The audit log: a chain of records, where each hash covers the one before it. What was written at once is one row: with a row and an index entry for
-- each record, a pull's record cost a third of what the pull itself costs. Core/Audit/AuditSegment.cs, RecordWriter.cs and ChainHash.cs draw the encoding.
CREATE TABLE audit_segment (
    first_sequence  INTEGER NOT NULL PRIMARY KEY,   -- records are numbered 1, 2, 3, ... without gaps
    min_time        INTEGER NOT NULL,               -- milliseconds since 1970; these three are for queries to pass by what they do not want
    max_time        INTEGER NOT NULL,
    categories      INTEGER NOT NULL,               -- bits: 1 login, 2 repository, 4 administration
    payload         BLOB    NOT NULL                -- last: what stands before it is read without it
);

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
    id      TEXT    NOT NULL PRIMARY KEY,
    time    INTEGER NOT NULL,
    record  BLOB    NOT NULL                        -- as in a segment, without a hash
) WITHOUT ROWID;
