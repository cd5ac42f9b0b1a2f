-- Registries as resources. The one that came with the installation has everything.
ALTER TABLE registry ADD COLUMN is_first     INTEGER NOT NULL DEFAULT 0;          -- 1: it came with the installation and answers on the plain address
UPDATE registry SET is_first = 1;
ALTER TABLE registry ADD COLUMN tier         TEXT    NOT NULL DEFAULT 'Premium';  -- a row of TierCatalog
ALTER TABLE registry ADD COLUMN location     TEXT    NOT NULL DEFAULT 'local';    -- what the client called the place; nothing depends on it
ALTER TABLE registry ADD COLUMN labels       TEXT    NOT NULL DEFAULT '{}';       -- ARM's tags, a JSON object of strings
ALTER TABLE registry ADD COLUMN host_names   TEXT    NOT NULL DEFAULT '';         -- further hosts it answers to, one a line
ALTER TABLE registry ADD COLUMN revision     INTEGER NOT NULL DEFAULT 1;          -- raised by every change of the resource: its ETag
ALTER TABLE registry ADD COLUMN created_by   TEXT    NULL;                        -- null: by the first start
ALTER TABLE registry ADD COLUMN updated_at   INTEGER NULL;                        -- null: never changed
ALTER TABLE registry ADD COLUMN updated_by   TEXT    NULL;
ALTER TABLE registry ADD COLUMN deleted_at   INTEGER NULL;                        -- null: it is there; otherwise it can be recovered until its keys are destroyed
ALTER TABLE registry ADD COLUMN erasing      INTEGER NOT NULL DEFAULT 0;          -- 1: its keys are destroyed, the rows of its content follow

-- az compares names without regard to case, and so does DNS.
CREATE UNIQUE INDEX registry_name ON registry (name COLLATE NOCASE);
CREATE INDEX registry_deleted ON registry (deleted_at) WHERE deleted_at IS NOT NULL;
