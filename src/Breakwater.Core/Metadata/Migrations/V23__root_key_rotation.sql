-- 1: nothing new may be stored under it, since it is about to be destroyed.
ALTER TABLE root_key ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;

-- The last rotation of each registry's root key, under way or ended.
CREATE TABLE root_key_rotation (
    registry_id  TEXT    NOT NULL PRIMARY KEY REFERENCES registry (id) ON DELETE CASCADE,
    epoch        INTEGER NOT NULL,                  -- of the new key; the lower ones go
    state        INTEGER NOT NULL,                  -- 0 re-encrypting, 1 old keys closed, 2 old keys deleted and still in the journal, 3 done
    started_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,                  -- of the state
    total_items  INTEGER NOT NULL,                  -- blobs and manifests that there were under older keys when it began
    total_bytes  INTEGER NOT NULL,
    done_items   INTEGER NOT NULL DEFAULT 0,
    done_bytes   INTEGER NOT NULL DEFAULT 0,
    unreadable   INTEGER NOT NULL DEFAULT 0,        -- what the last pass could not read
    uploads      INTEGER NOT NULL DEFAULT 0         -- what the last pass found in use
) WITHOUT ROWID;
