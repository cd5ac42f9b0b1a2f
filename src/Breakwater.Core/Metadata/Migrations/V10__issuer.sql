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

-- By which a service principal proves itself instead of with a secret; only the public half is kept.
CREATE TABLE service_principal_certificate (
    id            TEXT    NOT NULL PRIMARY KEY,
    principal_id  TEXT    NOT NULL REFERENCES service_principal (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    certificate   BLOB    NOT NULL,                 -- DER
    starts_at     INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX service_principal_certificate_principal ON service_principal_certificate (principal_id);

-- Whose tokens of other issuers stand for a service principal.
CREATE TABLE federated_credential (
    id            TEXT    NOT NULL PRIMARY KEY,
    principal_id  TEXT    NOT NULL REFERENCES service_principal (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    issuer        TEXT    NOT NULL,                 -- exactly as "iss" has it
    subject       TEXT    NOT NULL,                 -- exactly as "sub" has it
    audience      TEXT    NOT NULL,
    expression    TEXT    NULL,                     -- what other claims must be; null: anything
    description   TEXT    NULL,
    created_at    INTEGER NOT NULL,
    UNIQUE (principal_id, name)
) WITHOUT ROWID;
CREATE INDEX federated_credential_subject ON federated_credential (issuer, subject);
