-- What each source prints again and again. The newest few dozen articles of a source are remembered line by line, older
-- ones only by the lines that came back: the tables stay small however much is read.

CREATE TABLE furniture_sources (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- folded: neither case nor white space counts
    articles INTEGER NOT NULL DEFAULT 0, -- learnt from it
    heard_on TEXT NOT NULL              -- the last day, YYYY-MM-DD
) STRICT;

CREATE TABLE furniture_titles (
    source INTEGER NOT NULL REFERENCES furniture_sources (number) ON DELETE CASCADE,
    article INTEGER NOT NULL,           -- the source's articles before it
    title TEXT NOT NULL,
    PRIMARY KEY (source, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE furniture_lines (
    source INTEGER NOT NULL REFERENCES furniture_sources (number) ON DELETE CASCADE,
    fingerprint INTEGER NOT NULL,       -- 8 bytes of the BLAKE2b of the folded line
    first INTEGER NOT NULL,             -- the article that had it first, as in furniture_titles
    last INTEGER NOT NULL,              -- and last
    seen INTEGER NOT NULL DEFAULT 1,    -- in so many articles
    turns INTEGER NOT NULL DEFAULT 0,   -- so often an article has had little in common with the last one's title
    sightings TEXT NOT NULL,            -- up to three pairs ' DAY:ARTICLE' of which no two share a day or an article
    line TEXT,                          -- NULL until it comes back
    PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;
