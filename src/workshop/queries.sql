-- What the workshop's pages read of the organisation.
-- doc/queries.md explains the annotations.

-- name: org_get :one
-- The organisation as those in the room see it.
-- params: org_id i64
-- returns: name text, time_zone text
SELECT name, time_zone FROM org WHERE id = $1;

-- name: department_list :many
-- An organisation's departments, in their order.
-- params: org_id i64
-- returns: id i64, name text
-- limit: 1000
SELECT id, name FROM department WHERE org_id = $1 ORDER BY position, id LIMIT 1000;
