-- How the subscriptions do. All times are RFC 3339 in UTC, so that they sort as text.

CREATE TABLE sources (
    address TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    moved_to TEXT,                      -- where it has moved for good
    first_seen TEXT NOT NULL,           -- when it was first asked
    checked_at TEXT NOT NULL,           -- when it was last asked
    succeeded_at TEXT,                  -- when it last answered
    fresh_at TEXT,                      -- when it last had something new
    entries INTEGER,                    -- in its last answer that was not "unchanged"
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    error TEXT,                         -- why it failed last; NULL once it answers again
    due_at TEXT                         -- not to be asked before; NULL: at any time
) STRICT, WITHOUT ROWID;
