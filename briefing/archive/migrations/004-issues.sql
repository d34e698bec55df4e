-- Issues: one a profile and day. An article is an issue's by its number: `since` < number <= `until`.

CREATE TABLE issue_records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,                -- '' is that of a configuration without profiles
    date TEXT NOT NULL,                   -- YYYY-MM-DD
    state TEXT NOT NULL CHECK (state IN ('prepared', 'committed', 'done')),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL CHECK (until >= since),
    window_since TEXT,                    -- this and the next RFC 3339, as the issue prints them
    window_until TEXT NOT NULL,
    title TEXT NOT NULL,
    stories INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    json BLOB NOT NULL,                   -- the briefing, zlib
    letters BLOB,                         -- its frozen messages, until they go into the outbox with the commit
    committed_at TEXT                     -- UTC, RFC 3339
) STRICT;

-- While an issue is made anew, the earlier one of its day stays until the new one is committed.
CREATE UNIQUE INDEX issue_of_a_day ON issue_records (profile, date) WHERE state != 'prepared';
CREATE UNIQUE INDEX issue_in_the_making ON issue_records (profile) WHERE state = 'prepared';
CREATE INDEX issue_unfinished ON issue_records (state) WHERE state != 'done';

-- A printed line: a headline, a lead or a point of a story, to the letter as its source has it.
CREATE TABLE issue_lines (
    issue INTEGER NOT NULL REFERENCES issue_records (number) ON DELETE CASCADE,
    line TEXT NOT NULL,                   -- STORY.LINE as printed
    place INTEGER NOT NULL,               -- its order in the issue, from 0
    story TEXT NOT NULL,                  -- the id that a story keeps over days
    section TEXT NOT NULL,
    mark TEXT,                            -- of the story: new, update, continuing
    role TEXT NOT NULL,                   -- headline, lead, point
    text TEXT NOT NULL,
    article TEXT NOT NULL,
    start INTEGER,                        -- code points into the article's text; null where a title is the headline
    stop INTEGER,
    PRIMARY KEY (issue, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX issue_lines_by_story ON issue_lines (story);
CREATE INDEX issue_lines_by_article ON issue_lines (article);

-- What became of each article that an issue took.
CREATE TABLE issue_articles (
    issue INTEGER NOT NULL REFERENCES issue_records (number) ON DELETE CASCADE,
    place INTEGER NOT NULL,               -- in the order of their arrival, from 0
    article TEXT NOT NULL,
    fate TEXT NOT NULL CHECK (fate IN ('printed', 'copy', 'cut', 'muted', 'known')),
    PRIMARY KEY (issue, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX issue_articles_by_article ON issue_articles (article);

-- For people who ask in SQL: what has been published, and nothing that is still in the making.
CREATE VIEW issues AS
SELECT date, profile, title, stories, minutes, window_since AS since, window_until AS until, committed_at, number
FROM issue_records
WHERE state != 'prepared';

CREATE VIEW lines AS
SELECT date, profile, line, role, text, article, start, stop AS "end", story, mark, section, issue, place
FROM issue_lines JOIN issues ON number = issue;

CREATE VIEW fates AS
SELECT date, profile, article, fate, issue
FROM issue_articles JOIN issues ON number = issue;
