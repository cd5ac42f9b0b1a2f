-- Applications that sign in by themselves. app_id is their user name.
CREATE TABLE service_principal (
    id          TEXT    NOT NULL PRIMARY KEY,
    app_id      TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    version     INTEGER NOT NULL DEFAULT 1,         -- raised by every change that must end its tokens
    disabled    INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- Generated secrets of 131 random bits: a plain hash cannot be guessed back.
CREATE TABLE service_principal_secret (
    id            TEXT    NOT NULL PRIMARY KEY,
    principal_id  TEXT    NOT NULL REFERENCES service_principal (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    hint          TEXT    NOT NULL,                 -- the first characters, to tell secrets apart
    hash          BLOB    NOT NULL,                 -- SHA-256 of the secret's UTF-8 bytes
    expires_at    INTEGER NOT NULL,
    last_used_at  INTEGER NULL,                     -- to the hour
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX service_principal_secret_principal ON service_principal_secret (principal_id);

CREATE TABLE directory_group (
    id           TEXT    NOT NULL PRIMARY KEY,
    name         TEXT    NOT NULL,
    description  TEXT    NULL,
    created_at   INTEGER NOT NULL
) WITHOUT ROWID;

-- A member is a user, a service principal or another group. No foreign key, as for role_assignment.
CREATE TABLE group_member (
    group_id   TEXT NOT NULL REFERENCES directory_group (id) ON DELETE CASCADE,
    member_id  TEXT NOT NULL,
    PRIMARY KEY (group_id, member_id)
) WITHOUT ROWID;
CREATE INDEX group_member_member ON group_member (member_id);

ALTER TABLE directory_user ADD COLUMN display_name TEXT NULL;

ALTER TABLE role_assignment ADD COLUMN condition TEXT NULL;   -- null: on every repository
CREATE UNIQUE INDEX role_assignment_once ON role_assignment (principal_id, role_id, COALESCE(registry_id, ''));

ALTER TABLE registry ADD COLUMN role_assignment_mode INTEGER NOT NULL DEFAULT 0;   -- 0 legacy, 1 data actions only
