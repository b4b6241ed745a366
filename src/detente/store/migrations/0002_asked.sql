-- What the web app asks a large record for. "known": the first day on which an article that the record
-- rests on (or, where it cites no words, names) was published; for a difference, the first day on which
-- every dated side was; NULL where all are undated. (A plus keeps SQLite from walking all articles.)
CREATE INDEX citations_record ON citations (record, article);
CREATE INDEX links_record ON links (record, field, target);
ALTER TABLE records ADD COLUMN known TEXT;
UPDATE records SET known = CASE WHEN layer = 'articles' THEN first_day
  WHEN layer = 'differences' THEN (SELECT max(day) FROM (SELECT (SELECT min(a.first_day) FROM json_each(s.value, '$.spans') AS p
        JOIN records AS a ON +a.layer = 'articles' AND a.id = json_extract(p.value, '$.article')) AS day
     FROM json_each(records.json, '$.sides') AS s))
  ELSE coalesce(
    (SELECT min(a.first_day) FROM citations AS c JOIN records AS a ON a.id = c.article AND +a.layer = 'articles'
     WHERE c.record = records.n),
    (SELECT min(a.first_day) FROM links AS l JOIN records AS a ON a.id = l.target AND +a.layer = 'articles'
     WHERE l.record = records.n)) END;

-- The index of statements' words takes in the cited words of the other layers as well (by the record's n).
INSERT INTO statement_words (statement_words) VALUES ('delete-all');
INSERT INTO statement_words (rowid, words, speaker)
SELECT r.n,
       (SELECT group_concat(substr(a.text, c.start + 1, c.stop - c.start), ' ')
        FROM citations AS c JOIN articles AS a ON a.id = c.article
        WHERE c.record = r.n AND c.field IN ('content', 'evidence', 'outcome', 'span', 'sides')),
       (SELECT group_concat(json_extract(s.json, '$.name'), ' ')
        FROM links AS l JOIN records AS s ON s.id = l.target
        WHERE l.record = r.n AND l.field = 'speakers')
FROM records AS r
WHERE r.layer IN ('statements', 'events', 'meetings', 'measures', 'positions', 'figures', 'differences');

-- All that a filter reads stands in one index, so that counting never opens the rows themselves.
DROP INDEX records_layer;
CREATE INDEX records_layer ON records (layer, sort, id, kind, status, first_day, last_day, known);
