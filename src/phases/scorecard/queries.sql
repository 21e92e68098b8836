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
-- returns: pack text, pack_version i64, created_ms i64, updated_ms i64, finished_ms i64?, round_id i64?
-- returns: participant_id i64?, sent_ms i64?
SELECT pack, pack_version, created_ms, updated_ms, finished_ms, round_id, participant_id, sent_ms FROM sheet
WHERE org_id = $1 AND id = $2;

-- name: sheet_last :one
-- The sheet answered alone, of an organisation, whose result was asked for last.
-- params: org_id i64
-- returns: id i64
SELECT id FROM sheet WHERE org_id = $1 AND round_id IS NULL AND finished_ms IS NOT NULL ORDER BY finished_ms DESC, id DESC LIMIT 1;

-- name: sheet_touch :exec
-- Notes that an answer of the sheet was saved.
-- params: org_id i64, id i64, now_ms i64
UPDATE sheet SET updated_ms = $3 WHERE org_id = $1 AND id = $2;

-- name: sheet_finish :exec
-- Notes when the respondent asked for the result; the first time counts.
-- params: org_id i64, id i64, now_ms i64
UPDATE sheet SET finished_ms = coalesce(finished_ms, $3) WHERE org_id = $1 AND id = $2;

-- name: sheet_claim :changes
-- Gives a sheet to an organisation, with its answers and shared links: their keys follow.
-- params: org_id i64, id i64, new_org_id i64
UPDATE sheet SET org_id = $3 WHERE org_id = $1 AND id = $2 AND round_id IS NULL;

-- name: sheet_kept :many
-- The sheets answered alone that an organisation keeps, newest first.
-- params: org_id i64
-- returns: id i64, finished_ms i64?, updated_ms i64
-- limit: 1000
SELECT s.id, s.finished_ms, s.updated_ms
FROM sheet s WHERE s.org_id = $1 AND s.round_id IS NULL ORDER BY s.id DESC LIMIT 1000;

-- name: sheet_erase :exec
-- Erases a sheet with its answers and shared links.
-- params: org_id i64, id i64
DELETE FROM sheet WHERE org_id = $1 AND id = $2;

-- name: answer_list :many
-- All answers of a sheet, in no particular order; of a workshop's second vote none.
-- params: org_id i64, sheet_id i64
-- returns: question text, value text?, comment text?
-- limit: 64
SELECT question, value, comment FROM answer WHERE org_id = $1 AND sheet_id = $2 AND vote = 1;

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

-- name: org_get :one
-- The organisation as its respondents see it.
-- params: org_id i64
-- returns: name text, time_zone text, contact_url text, logo_type text
SELECT name, time_zone, contact_url, logo_type FROM org WHERE id = $1;

-- name: department_list :many
-- An organisation's departments, in their order.
-- params: org_id i64
-- returns: id i64, name text
-- limit: 1000
SELECT id, name FROM department WHERE org_id = $1 ORDER BY position, id LIMIT 1000;

-- name: mail_forget :exec
-- Forgets mails of two kinds about participants who are gone.
-- params: org_id i64, kind text, other_kind text
DELETE FROM mail
WHERE mail.org_id = $1 AND mail.kind IN ($2, $3)
  AND NOT EXISTS (SELECT 1 FROM participant p WHERE p.org_id = $1 AND p.id = mail.object_id);

-- name: org_compared :one
-- Whether an organisation agreed to be compared with the others of the installation.
-- params: org_id i64
-- returns: benchmark bool
SELECT benchmark FROM org WHERE id = $1;
