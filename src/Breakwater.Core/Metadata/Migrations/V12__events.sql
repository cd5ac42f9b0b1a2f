-- Where a registry tells about pushes and deletions.
CREATE TABLE webhook (
    id              TEXT    NOT NULL PRIMARY KEY,
    registry_id     TEXT    NOT NULL REFERENCES registry (id) ON DELETE CASCADE,
    name            TEXT    NOT NULL,
    enabled         INTEGER NOT NULL DEFAULT 1,
    scope           TEXT    NOT NULL,               -- '' all; NAME:TAG, either with a * at its end
    actions         TEXT    NOT NULL,               -- push, delete, chart_push, chart_delete; one a line
    payload_format  INTEGER NOT NULL DEFAULT 0,     -- 0 ACR's, 1 CloudEvents
    config          BLOB    NOT NULL,               -- sealed: address, custom headers, signing secret
    tags            TEXT    NOT NULL DEFAULT '{}',  -- ARM's tags of the resource, as JSON
    created_at      INTEGER NOT NULL,
    waiting         INTEGER NOT NULL DEFAULT 0,     -- its rows of webhook_event with state 0
    lost            INTEGER NOT NULL DEFAULT 0,     -- events since overflowed_at that were not written, because too many wait
    overflowed_at   INTEGER NULL,
    UNIQUE (registry_id, name)
) WITHOUT ROWID;

-- What is to be told to one webhook, written in the transaction of the change itself. The events of a lane (a repository; a ping has one of its
-- own) leave in the order of their sequence: of those that wait the first alone has a due time.
CREATE TABLE webhook_event (
    sequence        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id              TEXT    NOT NULL,               -- the same for every webhook that hears of it
    webhook_id      TEXT    NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    lane            TEXT    NOT NULL,               -- the repository's name; ping:ID
    action          TEXT    NOT NULL,
    payload_format  INTEGER NOT NULL,
    body            BLOB    NOT NULL,               -- byte for byte what is sent
    state           INTEGER NOT NULL DEFAULT 0,     -- 0 waiting, 1 delivered, 2 given up
    attempts        INTEGER NOT NULL DEFAULT 0,
    queued_at       INTEGER NOT NULL,
    due_at          INTEGER NULL,
    ended_at        INTEGER NULL,
    request         TEXT    NULL,                   -- of the last attempt, as JSON without secrets
    response        TEXT    NULL,
    UNIQUE (webhook_id, id)
);
CREATE INDEX webhook_event_due ON webhook_event (webhook_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_event_lane ON webhook_event (webhook_id, lane, sequence) WHERE state = 0;
-- Partial, so that questions about a lane are not answered by walking over all that waits.
CREATE INDEX webhook_event_ended ON webhook_event (webhook_id, state, sequence) WHERE ended_at IS NOT NULL;
