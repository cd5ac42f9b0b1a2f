-- A service principal that has neither secret nor certificate: it signs in by tokens of other issuers alone. Shown as ARM's resource of this name.
CREATE TABLE managed_identity (
    id        TEXT NOT NULL PRIMARY KEY REFERENCES service_principal (id) ON DELETE CASCADE,
    name      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    location  TEXT NOT NULL,
    labels    TEXT NOT NULL                          -- ARM's tags, a JSON object of strings
) WITHOUT ROWID;
