-- Since when nothing names a manifest that something did name: its last tag was taken away, or afterwards the last index or subject that it stayed for.
ALTER TABLE manifest ADD COLUMN untagged_at INTEGER NULL;                         -- null: it has a tag, or never had a name
CREATE INDEX manifest_untagged ON manifest (repository_id, untagged_at) WHERE untagged_at IS NOT NULL;

ALTER TABLE registry ADD COLUMN retention_days        INTEGER NOT NULL DEFAULT 7;
ALTER TABLE registry ADD COLUMN retention_since       INTEGER NULL;               -- null: disabled; what lost its name before it stays
ALTER TABLE registry ADD COLUMN retention_updated_at  INTEGER NULL;               -- null: the policy was never changed
