-- Which token of another issuer stands for which person.
CREATE TABLE user_identity (
    issuer      TEXT    NOT NULL,                   -- exactly as "iss" has it
    subject     TEXT    NOT NULL,                   -- exactly as "sub" has it
    user_id     TEXT    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX user_identity_user ON user_identity (user_id);

-- What a person's refresh tokens and access tokens of the built-in issuer belong to. They end with the row.
CREATE TABLE sign_in_session (
    id            TEXT    NOT NULL PRIMARY KEY,     -- "sid" of its tokens; of the authorization code too, if it began with one
    principal_id  TEXT    NOT NULL,
    turn          INTEGER NOT NULL,                 -- which refresh token is the good one
    turned_at     INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_session_principal ON sign_in_session (principal_id, turned_at);
CREATE INDEX sign_in_session_expiry ON sign_in_session (expires_at);

ALTER TABLE role_assignment ADD COLUMN description TEXT NULL;   -- for people only
