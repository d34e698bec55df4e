-- Messages out. A message is its `head` (of one recipient), an empty line, and a body that all recipients share.

CREATE TABLE outbox_bodies (
    digest TEXT PRIMARY KEY,            -- SHA-256 of `data`
    data BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out again: users name messages by it
    issue TEXT NOT NULL,
    recipient TEXT NOT NULL,
    sender TEXT NOT NULL,
    message_id TEXT NOT NULL,
    head BLOB NOT NULL,
    body TEXT NOT NULL,                 -- digest in outbox_bodies, which forgets it once nobody waits for it any more
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'failed', 'unknown')),
    attempts INTEGER NOT NULL DEFAULT 0,
    reply TEXT NOT NULL DEFAULT '',     -- what the server said last, or what happened
    queued_at TEXT NOT NULL,            -- this and the next two in UTC, RFC 3339, so that they sort as text
    changed_at TEXT NOT NULL,
    due_at TEXT,                        -- in state retry: not before
    UNIQUE (issue, recipient)
) STRICT;

CREATE INDEX outbox_by_state ON outbox (state);
CREATE INDEX outbox_by_body ON outbox (body);
