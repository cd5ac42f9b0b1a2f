-- Which key-encryption key wrapped a root key: its identifier without the version.
ALTER TABLE root_key ADD COLUMN key_uri TEXT NOT NULL DEFAULT 'local:service';
ALTER TABLE root_key ADD COLUMN row_check BLOB NULL;                             -- tells a row that was changed from a key that is another; null: from before

-- Which key a registry's root keys are to be under; null: the service's own.
ALTER TABLE registry ADD COLUMN key_identifier            TEXT    NULL;   -- with a version, or without: then it follows the newest
ALTER TABLE registry ADD COLUMN key_versioned_identifier  TEXT    NULL;   -- the version that wraps now
ALTER TABLE registry ADD COLUMN key_client                TEXT    NULL;   -- the client id that its owner gave with the key
ALTER TABLE registry ADD COLUMN key_rotated_at            INTEGER NULL;
ALTER TABLE registry ADD COLUMN identities                TEXT    NOT NULL DEFAULT '';   -- resource ids of user-assigned identities, one a line
