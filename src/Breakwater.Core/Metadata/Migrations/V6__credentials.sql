ALTER TABLE registry ADD COLUMN admin_user     INTEGER NOT NULL DEFAULT 0;   -- 1: the admin user may sign in
ALTER TABLE registry ADD COLUMN admin_version  INTEGER NOT NULL DEFAULT 1;   -- raised by every change that must end the admin user's tokens
ALTER TABLE registry ADD COLUMN anonymous_pull INTEGER NOT NULL DEFAULT 0;   -- 1: everybody may pull

-- The admin user's passwords are shown again, so they are sealed and not only hashed.
CREATE TABLE admin_password (
    registry_id  TEXT    NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,                  -- password, password2
    sealed       BLOB    NOT NULL,
    hash         BLOB    NOT NULL,                  -- SHA-256 of the password's UTF-8 bytes
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (registry_id, name)
) WITHOUT ROWID;

CREATE TABLE scope_map (
    id           TEXT    NOT NULL PRIMARY KEY,
    registry_id  TEXT    NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
    name         TEXT    NOT NULL,
    description  TEXT    NULL,
    actions      TEXT    NOT NULL,                  -- repositories/NAME/content/read and the like, one a line
    is_system    INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    UNIQUE (registry_id, name)
) WITHOUT ROWID;

-- Repository-scoped tokens: a name, up to two passwords, and what one scope map says.
CREATE TABLE registry_token (
    id            TEXT    NOT NULL PRIMARY KEY,
    registry_id   TEXT    NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    scope_map_id  TEXT    NOT NULL REFERENCES scope_map (id),
    enabled       INTEGER NOT NULL DEFAULT 1,
    version       INTEGER NOT NULL DEFAULT 1,
    created_at    INTEGER NOT NULL,
    UNIQUE (registry_id, name)
) WITHOUT ROWID;
CREATE INDEX registry_token_scope_map ON registry_token (scope_map_id);

CREATE TABLE registry_token_password (
    token_id    TEXT    NOT NULL REFERENCES registry_token (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,                   -- password1, password2
    hash        BLOB    NOT NULL,                   -- SHA-256 of the password's UTF-8 bytes
    expires_at  INTEGER NULL,                       -- null: never
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (token_id, name)
) WITHOUT ROWID;
