-- Codes, assertions and foreign tokens that count once. A row goes when what it stands for would have expired anyway.
CREATE TABLE used_token (
    hash        BLOB    NOT NULL PRIMARY KEY,       -- SHA-256 of kind, issuer and id
    expires_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX used_token_expiry ON used_token (expires_at);

-- Sign-ins that a device has begun and a person finishes in a browser (RFC 8628).
CREATE TABLE device_sign_in (
    device_code   BLOB    NOT NULL PRIMARY KEY,     -- SHA-256 of the code's UTF-8 bytes
    user_code     TEXT    NOT NULL UNIQUE,
    client_id     TEXT    NOT NULL,
    scope         TEXT    NOT NULL,
    principal_id  TEXT    NULL,                     -- who finished it; null: nobody yet
    denied        INTEGER NOT NULL DEFAULT 0,       -- 1: refused by a person
    polled_at     INTEGER NULL,
    expires_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_sign_in_expiry ON device_sign_in (expires_at);
