-- Run whenever the compared record was replaced: what SQLite's steps 2 and 3 do.
UPDATE records AS r SET known = CASE WHEN layer = 'articles' THEN first_day
  WHEN layer = 'differences' THEN (
    SELECT max(day) FROM (
      SELECT (SELECT min(a.first_day) FROM json_array_elements(side -> 'spans') AS p
              JOIN records AS a ON a.layer = 'articles' AND a.id = p ->> 'article') AS day
      FROM json_array_elements(r.json::json -> 'sides') AS side) AS days)
  ELSE coalesce(
    (SELECT min(a.first_day) FROM citations AS c JOIN records AS a ON a.id = c.article AND a.layer = 'articles'
     WHERE c.record = r.n),
    (SELECT min(a.first_day) FROM links AS l JOIN records AS a ON a.id = l.target AND a.layer = 'articles'
     WHERE l.record = r.n)) END;
UPDATE records AS r SET known = (SELECT max(day) FROM (
  SELECT min(a.first_day) AS day FROM citations AS c JOIN records AS a ON a.id = c.article AND a.layer = 'articles'
  WHERE c.record = r.n GROUP BY c.field) AS days) WHERE layer = 'plans';
DELETE FROM statement_words;
INSERT INTO statement_words (n, words)
SELECT r.n, to_tsvector('words', bare_words(concat_ws(' ',
       (SELECT string_agg(substr(a.text, c.start + 1, c.stop - c.start), ' ')
        FROM citations AS c JOIN articles AS a ON a.id = c.article
        WHERE c.record = r.n AND c.field IN ('content', 'evidence', 'outcome', 'span', 'sides')),
       (SELECT string_agg(json_extract(s.json, '$.name'), ' ')
        FROM links AS l JOIN records AS s ON s.id = l.target
        WHERE l.record = r.n AND l.field = 'speakers'))))
FROM records AS r
WHERE r.layer IN ('statements', 'events', 'meetings', 'measures', 'positions', 'figures', 'differences');
ANALYZE records, links, citations, statement_words;
