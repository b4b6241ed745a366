-- What came in. One row a page and content, or a kind of thing passed over in a file (number: how many).
CREATE TABLE inputs (
    source  TEXT NOT NULL,
    sha256  TEXT NOT NULL DEFAULT '',
    status  TEXT NOT NULL CHECK (status IN ('read', 'duplicate', 'refused', 'skipped')),
    reason  TEXT NOT NULL DEFAULT '',
    detail  TEXT NOT NULL DEFAULT '',
    article TEXT,
    number  INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (source, sha256, reason)
) WITHOUT ROWID;
CREATE INDEX inputs_article ON inputs (article);
CREATE INDEX inputs_sha256 ON inputs (sha256);

-- Files read to their end: the next run skips them.
CREATE TABLE files (
    path   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (sha256, path)
) WITHOUT ROWID;

CREATE TABLE articles (
    n           INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    source      TEXT NOT NULL,
    text        TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    json        TEXT NOT NULL
);
CREATE INDEX articles_source ON articles (source, id);

-- Parsed paragraphs under the hash of their text and the model's name.
CREATE TABLE parses (
    key  TEXT PRIMARY KEY,
    data BLOB NOT NULL
);

-- What the readers found in one article, and which readers they were.
CREATE TABLE readings (
    article     TEXT PRIMARY KEY,
    readers     TEXT NOT NULL,
    digest      TEXT NOT NULL,
    abstentions INTEGER NOT NULL,
    data        BLOB NOT NULL
);

-- The compared record: replaced as a whole, in one transaction.
CREATE TABLE records (
    n         INTEGER PRIMARY KEY,
    layer     TEXT NOT NULL,
    id        TEXT NOT NULL,
    sort      TEXT NOT NULL,
    first_day TEXT,
    last_day  TEXT,
    kind      TEXT,
    status    TEXT,
    json      TEXT NOT NULL
);
CREATE INDEX records_id ON records (id);
CREATE INDEX records_layer ON records (layer, sort, id);

-- Which records name which, and which words each rests on: for trace, show and the margins of a text.
CREATE TABLE links (
    record INTEGER NOT NULL,
    field  TEXT NOT NULL,
    target TEXT NOT NULL
);
CREATE INDEX links_target ON links (target, record);
CREATE TABLE citations (
    record  INTEGER NOT NULL,
    field   TEXT NOT NULL,
    article TEXT NOT NULL,
    start   INTEGER NOT NULL,
    stop    INTEGER NOT NULL
);
CREATE INDEX citations_article ON citations (article, start, record);

-- What a person decided; nothing in the pipeline writes or removes these. "about" is a JSON list of ids.
CREATE TABLE judgements (
    id    TEXT PRIMARY KEY,
    kind  TEXT NOT NULL,
    about TEXT NOT NULL,
    who   TEXT NOT NULL,
    time  TEXT NOT NULL,
    why   TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Contentless: the words stand in articles.text and are re-read from there. Furniture is not indexed.
CREATE VIRTUAL TABLE article_words USING fts5 (
    text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_words USING fts5 (
    words, speaker, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
