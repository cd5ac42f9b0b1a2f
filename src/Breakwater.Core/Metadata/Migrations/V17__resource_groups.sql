-- Resource groups: what registries are in. The first is there from the beginning and always has this id; another one that is deleted and made again under its name is another.
CREATE TABLE resource_group (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    location    TEXT    NOT NULL DEFAULT 'local',   -- what the client called the place; nothing depends on it
    labels      TEXT    NOT NULL DEFAULT '{}',      -- ARM's tags, a JSON object of strings
    created_at  INTEGER NULL                        -- null: it is the first
) WITHOUT ROWID;
INSERT INTO resource_group (id, name) VALUES ('b9d1c7a05e3f4c8a9b6d2f0e7a41c350', 'breakwater');

-- Without a foreign key, which SQLite does not take with a default; verify asks. A registry never moves.
ALTER TABLE registry ADD COLUMN group_id TEXT NOT NULL DEFAULT 'b9d1c7a05e3f4c8a9b6d2f0e7a41c350';
CREATE INDEX registry_group ON registry (group_id);

-- It was the name of the one group, and is its id now.
UPDATE role_assignment SET resource_group = 'b9d1c7a05e3f4c8a9b6d2f0e7a41c350' WHERE resource_group IS NOT NULL;
