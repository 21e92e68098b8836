-- What belongs to the installation as a whole.
-- doc/queries.md explains the annotations.

-- name: instance_get :one
-- A secret of the installation.
-- params: name text
-- returns: value blob
SELECT value FROM instance WHERE name = $1;

-- name: instance_add :exec
-- Stores a secret of the installation unless it is there already.
-- params: name text, value blob
INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING;
