-- What the store suite runs on both engines.

-- name: secret_put :exec
-- Stores bytes under a name that must be new.
-- params: name text, value blob
INSERT INTO instance (name, value) VALUES ($1, $2);

-- name: secret :one
-- The bytes under a name.
-- params: name text
-- returns: value blob
SELECT value FROM instance WHERE name = $1;

-- name: secret_names :many
-- All names, in the order of their bytes.
-- returns: name text
-- limit: 1000
SELECT name FROM instance ORDER BY name;

-- name: few_names :many
-- The same with a limit that a test passes.
-- returns: name text
-- limit: 2
SELECT name FROM instance ORDER BY name;

-- name: some_secret :one
-- More than one row where one is promised.
-- returns: value blob
SELECT value FROM instance;

-- name: secret_count :one
-- How many there are.
-- returns: n i64, is_empty bool
SELECT count(*) AS n, CASE WHEN count(*) = 0 THEN 1 ELSE 0 END AS is_empty FROM instance;

-- name: secret_put_quietly :changes
-- Stores unless the name is there.
-- params: name text, value blob
INSERT INTO instance (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING;

-- name: secrets_forget :changes
-- Removes all.
DELETE FROM instance;

-- name: secret_take :one writes
-- Removes one and gives its bytes.
-- params: name text
-- returns: value blob
DELETE FROM instance WHERE name = $1 RETURNING value;

-- name: org_put :exec
-- A new organisation.
-- params: id i64, name text, now_ms i64
INSERT INTO org (id, name, created_ms) VALUES ($1, $2, $3);

-- name: org_move :changes
-- Gives an organisation another id; its rows follow.
-- params: id i64, new_id i64
UPDATE org SET id = $2 WHERE id = $1;

-- name: sheet_put :exec
-- A new sheet.
-- params: org_id i64, id i64, token_hash blob, now_ms i64, finished_ms i64?
INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, finished_ms)
VALUES ($1, $2, $3, 'scorecard', 1, 'fr', $4, $4, $5);

-- name: sheet :one
-- A sheet of an organisation.
-- params: org_id i64, id i64
-- returns: token_hash blob, language text, updated_ms i64, finished_ms i64?
SELECT token_hash, language, updated_ms, finished_ms FROM sheet WHERE org_id = $1 AND id = $2;

-- name: sheet_delete :changes
-- Removes a sheet with its answers and links.
-- params: org_id i64, id i64
DELETE FROM sheet WHERE org_id = $1 AND id = $2;

-- name: answer_put :exec
-- Stores an answer over the former one.
-- params: org_id i64, sheet_id i64, question text, value text?, comment text?, now_ms i64
INSERT INTO answer (org_id, sheet_id, question, value, comment, updated_ms) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (org_id, sheet_id, vote, question)
DO UPDATE SET value = excluded.value, comment = excluded.comment, updated_ms = excluded.updated_ms;

-- name: answers :many
-- The answers of a sheet.
-- params: org_id i64, sheet_id i64
-- returns: question text, value text?, comment text?
-- limit: 100
SELECT question, value, comment FROM answer WHERE org_id = $1 AND sheet_id = $2 ORDER BY question;
