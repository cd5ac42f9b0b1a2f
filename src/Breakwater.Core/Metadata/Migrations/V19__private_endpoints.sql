-- Private endpoints: what asks for a connection to a registry by one of the server's private listeners. In the resource group, as ARM has them.
CREATE TABLE private_endpoint (
    id               TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    registry_id      TEXT    NOT NULL,                -- no reference: it outlives the registry, as it would in another's subscription
    registry_name    TEXT    NOT NULL,                -- at the time it was made
    connection_id    TEXT    NOT NULL,                -- its row of private_endpoint_connection; without one it is disconnected
    request_message  TEXT    NOT NULL,
    tags             TEXT    NOT NULL DEFAULT '{}',
    created_at       INTEGER NOT NULL
) WITHOUT ROWID;

-- The registry's side. What an endpoint asked for stands here, so that what is approved is what counts.
CREATE TABLE private_endpoint_connection (
    id               TEXT    NOT NULL PRIMARY KEY,
    registry_id      TEXT    NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
    name             TEXT    NOT NULL,
    endpoint_name    TEXT    NOT NULL,
    listener         TEXT    NOT NULL,                -- name of a private listener
    source_prefixes  TEXT    NOT NULL,                -- one a line; empty: any, where there is an authority
    client_ca        TEXT    NOT NULL,                -- PEM: an authority that a client's certificate must come from; empty: none needed
    status           INTEGER NOT NULL,                -- 0 pending, 1 approved, 2 rejected, 3 disconnected
    description      TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    UNIQUE (registry_id, name)
) WITHOUT ROWID;
