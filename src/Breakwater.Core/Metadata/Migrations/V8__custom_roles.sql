-- Roles of the installation's own. The lists have one entry a line.
CREATE TABLE role_definition (
    id                TEXT    NOT NULL PRIMARY KEY,
    name              TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    description       TEXT    NULL,
    actions           TEXT    NOT NULL,
    not_actions       TEXT    NOT NULL,
    data_actions      TEXT    NOT NULL,
    not_data_actions  TEXT    NOT NULL,
    scopes            TEXT    NOT NULL,             -- where it can be given: installation, group, or a registry's id
    created_at        INTEGER NOT NULL,
    created_by        TEXT    NOT NULL,
    updated_at        INTEGER NOT NULL,
    updated_by        TEXT    NOT NULL
) WITHOUT ROWID;

-- Without a registry: null means the whole installation, otherwise every registry of the resource group.
ALTER TABLE role_assignment ADD COLUMN resource_group TEXT NULL;
ALTER TABLE role_assignment ADD COLUMN created_by TEXT NULL;       -- null: by the first start, or before this was kept
ALTER TABLE role_assignment ADD COLUMN updated_at INTEGER NULL;    -- null: never changed
ALTER TABLE role_assignment ADD COLUMN updated_by TEXT NULL;
DROP INDEX role_assignment_once;
CREATE UNIQUE INDEX role_assignment_once ON role_assignment (principal_id, role_id, COALESCE(registry_id, ''), COALESCE(resource_group, ''));
CREATE INDEX role_assignment_role ON role_assignment (role_id);

-- What Graph's clients send and expect to see again.
ALTER TABLE directory_user ADD COLUMN mail_nickname TEXT NULL;
ALTER TABLE directory_group ADD COLUMN mail_nickname TEXT NULL;
ALTER TABLE service_principal_secret ADD COLUMN starts_at INTEGER NULL;   -- null: when it was made
