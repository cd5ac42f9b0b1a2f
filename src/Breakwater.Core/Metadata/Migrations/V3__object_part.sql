-- Content that arrived in several bodies is kept as it arrived: its first part is the object itself, the others follow here in order.
-- object.size_bytes is that of all parts together.
CREATE TABLE object_part (
    object_id   TEXT    NOT NULL REFERENCES object (id) ON DELETE CASCADE,
    sequence    INTEGER NOT NULL,                   -- from 1; no gaps
    part_id     TEXT    NOT NULL UNIQUE,            -- an object of the store, sealed on its own
    epoch       INTEGER NOT NULL,
    size_bytes  INTEGER NOT NULL,
    PRIMARY KEY (object_id, sequence)
) WITHOUT ROWID;

-- Stored content that a read or a check found to be not what was sealed. The next push of its digest replaces it.
CREATE TABLE damaged_object (
    object_id  TEXT    NOT NULL PRIMARY KEY REFERENCES object (id) ON DELETE CASCADE,
    found_at   INTEGER NOT NULL
) WITHOUT ROWID;
