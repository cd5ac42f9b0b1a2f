CREATE TABLE directory_user (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    password_hash  TEXT    NOT NULL,                -- $pbkdf2-sha256$i=ITERATIONS$SALT$HASH
    version        INTEGER NOT NULL DEFAULT 1,      -- raised by every change that must end the user's tokens
    disabled       INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL
) WITHOUT ROWID;

-- principal_id has no foreign key: users are not the only principals there will be. Ids are never reused, so a row left behind grants nothing.
CREATE TABLE role_assignment (
    id            TEXT    NOT NULL PRIMARY KEY,
    principal_id  TEXT    NOT NULL,
    role_id       TEXT    NOT NULL,
    registry_id   TEXT    NULL REFERENCES registry (id) ON DELETE CASCADE,   -- null: the whole installation
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX role_assignment_principal ON role_assignment (principal_id);

-- ES256 keys that sign registry tokens. next: published, not yet used; active: signs; retired: still verifies until its last token has expired.
CREATE TABLE signing_key (
    id           TEXT    NOT NULL PRIMARY KEY,
    key_id       TEXT    NOT NULL UNIQUE,           -- "kid": RFC 7638 thumbprint of the public key
    state        INTEGER NOT NULL,                  -- 0 next, 1 active, 2 retired
    private_key  BLOB    NOT NULL,                  -- PKCS #8, sealed under the installation's root key
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL                   -- when it came into its state
) WITHOUT ROWID;
CREATE UNIQUE INDEX signing_key_active ON signing_key (state) WHERE state = 1;
