-- What may be done with a repository, tag or manifest: ACR's changeable attributes. 1: may be; 0: locked.
ALTER TABLE repository ADD COLUMN write_enabled  INTEGER NOT NULL DEFAULT 1;
ALTER TABLE repository ADD COLUMN delete_enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE repository ADD COLUMN read_enabled   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE repository ADD COLUMN list_enabled   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE repository ADD COLUMN updated_at     INTEGER NOT NULL DEFAULT 0;   -- a push, a deletion or a change of attributes
UPDATE repository SET updated_at = created_at;

ALTER TABLE tag ADD COLUMN write_enabled  INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tag ADD COLUMN delete_enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tag ADD COLUMN read_enabled   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tag ADD COLUMN list_enabled   INTEGER NOT NULL DEFAULT 1;

ALTER TABLE manifest ADD COLUMN write_enabled  INTEGER NOT NULL DEFAULT 1;
ALTER TABLE manifest ADD COLUMN delete_enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE manifest ADD COLUMN read_enabled   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE manifest ADD COLUMN list_enabled   INTEGER NOT NULL DEFAULT 1;
ALTER TABLE manifest ADD COLUMN updated_at     INTEGER NOT NULL DEFAULT 0;     -- a push or a change of attributes
UPDATE manifest SET updated_at = created_at;

DROP INDEX repository_catalog;
CREATE INDEX repository_catalog ON repository (registry_id, name) WHERE manifest_count > 0 AND list_enabled = 1;
-- Lists in order of time.
CREATE INDEX tag_updated ON tag (repository_id, updated_at, name);
CREATE INDEX manifest_updated ON manifest (repository_id, updated_at, digest);
