-- Which token of another issuer stands for which person.
CREATE TABLE user_identity (
    issuer      TEXT    NOT NULL,                   -- exactly as "iss" has it
    subject     TEXT    NOT NULL,                   -- exactly as "sub" has it
    user_id     TEXT    NOT NULL REFERENCES directory_user (id) ON DELETE CASCADE,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX user_identity_user ON user_identity (user_id);
