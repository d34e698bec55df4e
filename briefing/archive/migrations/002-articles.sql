-- Articles in the order in which they arrived. SQL users read the view `articles`; the tables below it may change.

CREATE TABLE names (                    -- of outlets, subscriptions and sections: few, and each in thousands of rows
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out again: issues remember how far they have come
    key BLOB NOT NULL UNIQUE,           -- 12 bytes of the id's SHA-256; an index of addresses takes thrice the room
    id TEXT NOT NULL,
    title TEXT,
    source INTEGER REFERENCES names,
    url TEXT,                           -- '' where it is the id, as it mostly is
    path TEXT,
    published TEXT,                     -- as the source gave it: RFC 3339 or a bare date
    language TEXT,
    authors TEXT,                       -- a list in JSON; NULL where nobody is named
    section INTEGER REFERENCES names,
    place REAL,
    origin INTEGER REFERENCES names,    -- the subscription's address, or the path that was added
    received_at INTEGER NOT NULL,       -- seconds since 1970, as in the next column
    dated_at INTEGER NOT NULL,          -- when it was published, as far as that is known and has passed, else received
    backlog INTEGER NOT NULL,           -- 1: older than its subscription, or added by hand; found, but never news
    digest BLOB NOT NULL                -- the first 16 bytes of the text's SHA-256
) STRICT;

CREATE INDEX documents_news ON documents (number) WHERE backlog = 0;

CREATE TABLE texts (                    -- Document.text, to which all offsets refer
    number INTEGER PRIMARY KEY REFERENCES documents,
    size INTEGER NOT NULL,              -- bytes in UTF-8; `data` is zlib's, or plain where it is as long: as in sqlar
    data BLOB NOT NULL,
    whole INTEGER NOT NULL DEFAULT 1    -- 0: the text was pruned, and this is what issues had printed of it
) STRICT;

-- Its rowid is the number. It keeps no copy of the text, so a row is deleted with the very words that went in.
CREATE VIRTUAL TABLE article_index USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2');

CREATE VIEW articles AS
SELECT
    documents.number,
    id,
    title,
    outlet.name AS source,
    iif(url = '', id, url) AS url,
    path,
    published,
    language,
    theme.name AS section,
    authors,
    subscription.name AS origin,
    strftime('%Y-%m-%dT%H:%M:%SZ', received_at, 'unixepoch') AS received_at,
    backlog,
    iif(whole, size, NULL) AS bytes     -- NULL once its text was pruned
FROM documents
LEFT JOIN names AS outlet ON outlet.number = source
LEFT JOIN names AS theme ON theme.number = section
LEFT JOIN names AS subscription ON subscription.number = origin
LEFT JOIN texts ON texts.number = documents.number;
