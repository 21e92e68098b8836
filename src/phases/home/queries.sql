-- What the first pages count.
-- doc/queries.md explains the annotations.

-- name: overdue :one
-- How many actions of the plan should have been done before a day.
-- params: org_id i64, today text
-- returns: n i64
SELECT count(*) AS n FROM plan_action WHERE org_id = $1 AND due < $2 AND status IN ('todo', 'doing');
