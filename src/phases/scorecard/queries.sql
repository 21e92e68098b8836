-- Sheets of the scorecard: one respondent's answers, opened by an unguessable link.
-- doc/queries.md explains the annotations.

-- name: sheet_add :exec
-- Begins an empty sheet.
-- params: org_id i64, id i64, token_hash blob, pack text, pack_version i64, language text, now_ms i64
INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7);

-- name: sheet_by_token :one
-- The sheet that a respondent's link opens.
-- params: token_hash blob
-- returns: org_id i64, id i64
-- tenant: the hash of a 128-bit secret names one sheet; this is how the organisation is found out
SELECT org_id, id FROM sheet WHERE token_hash = $1;

-- name: sheet_get :one
-- One sheet.
-- params: org_id i64, id i64
-- returns: pack text, pack_version i64, created_ms i64, updated_ms i64, finished_ms i64?
SELECT pack, pack_version, created_ms, updated_ms, finished_ms FROM sheet WHERE org_id = $1 AND id = $2;

-- name: sheet_last :one
-- The sheet of an organisation whose result was asked for last.
-- params: org_id i64
-- returns: id i64
SELECT id FROM sheet WHERE org_id = $1 AND finished_ms IS NOT NULL ORDER BY finished_ms DESC, id DESC LIMIT 1;

-- name: sheet_touch :exec
-- Notes that an answer of the sheet was saved.
-- params: org_id i64, id i64, now_ms i64
UPDATE sheet SET updated_ms = $3 WHERE org_id = $1 AND id = $2;

-- name: sheet_finish :exec
-- Notes when the respondent asked for the result; the first time counts.
-- params: org_id i64, id i64, now_ms i64
UPDATE sheet SET finished_ms = coalesce(finished_ms, $3) WHERE org_id = $1 AND id = $2;

-- name: sheet_erase :exec
-- Erases a sheet with its answers and shared links.
-- params: org_id i64, id i64
DELETE FROM sheet WHERE org_id = $1 AND id = $2;

-- name: answer_list :many
-- All answers of a sheet, in no particular order.
-- params: org_id i64, sheet_id i64
-- returns: question text, value text?, comment text?
-- limit: 64
SELECT question, value, comment FROM answer WHERE org_id = $1 AND sheet_id = $2;

-- name: answer_save :exec
-- Stores one answer over the former one. A NULL value keeps the former value: leaving a question
-- without choosing does not take an answer back. One of value and comment is not NULL.
-- params: org_id i64, sheet_id i64, question text, value text?, comment text?, now_ms i64
INSERT INTO answer (org_id, sheet_id, question, value, comment, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (org_id, sheet_id, question) DO UPDATE
SET value = coalesce(excluded.value, answer.value), comment = excluded.comment,
    updated_ms = excluded.updated_ms;

-- name: answer_uncomment :exec
-- Takes a comment back and keeps the answer beside it.
-- params: org_id i64, sheet_id i64, question text, now_ms i64
UPDATE answer SET comment = NULL, updated_ms = $4 WHERE org_id = $1 AND sheet_id = $2 AND question = $3;

-- name: answer_remove :exec
-- Removes an answer whose only content, a comment, was taken back.
-- params: org_id i64, sheet_id i64, question text
DELETE FROM answer WHERE org_id = $1 AND sheet_id = $2 AND question = $3;

-- name: share_add :exec
-- Opens a link that shows the result and nothing else.
-- params: org_id i64, id i64, sheet_id i64, token_hash blob, now_ms i64
INSERT INTO share (org_id, id, sheet_id, token_hash, created_ms) VALUES ($1, $2, $3, $4, $5);

-- name: share_open :one
-- The latest shared link of a sheet that is still open.
-- params: org_id i64, sheet_id i64
-- returns: id i64, created_ms i64
SELECT id, created_ms FROM share
WHERE org_id = $1 AND sheet_id = $2 AND revoked_ms IS NULL
ORDER BY id DESC LIMIT 1;

-- name: share_revoke :exec
-- Closes every open shared link of a sheet.
-- params: org_id i64, sheet_id i64, now_ms i64
UPDATE share SET revoked_ms = $3 WHERE org_id = $1 AND sheet_id = $2 AND revoked_ms IS NULL;

-- name: share_by_token :one
-- The sheet that a shared link shows, and whether the link was closed.
-- params: token_hash blob
-- returns: org_id i64, sheet_id i64, revoked_ms i64?
-- tenant: the hash of a 128-bit secret names one link; this is how the organisation is found out
SELECT org_id, sheet_id, revoked_ms FROM share WHERE token_hash = $1;
