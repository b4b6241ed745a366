-- What was planned and what became of it is a layer of its own. "known" of a plan: the first day on which both
-- it and its outcome, where one is told, were told (the words of each stand in a field of their own).
UPDATE records SET known = (SELECT max(day) FROM (
    SELECT min(a.first_day) AS day FROM citations AS c JOIN records AS a ON a.id = c.article AND +a.layer = 'articles'
    WHERE c.record = records.n GROUP BY c.field)) WHERE layer = 'plans';
