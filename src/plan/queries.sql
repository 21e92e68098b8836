-- The action plan of an organisation.
-- doc/queries.md explains the annotations.

-- name: action_list :many
-- Every action of the plan, oldest first. The owner's name is the account's own as long as there is one.
-- params: org_id i64
-- returns: id i64, title text, detail text, owner_account i64?, owner_name text, due text?, status text
-- returns: effort text, note text, questions text, phase text, source_kind text, source_id i64?
-- returns: source_action text, done_ms i64?, created_ms i64, updated_ms i64, version i64
-- limit: 500
SELECT x.id, x.title, x.detail, x.owner_account, coalesce(a.name, x.owner_name) AS owner_name, x.due, x.status,
       x.effort, x.note, x.questions, x.phase, x.source_kind, x.source_id, x.source_action, x.done_ms,
       x.created_ms, x.updated_ms, x.version
FROM plan_action x LEFT JOIN account a ON a.id = x.owner_account
WHERE x.org_id = $1 ORDER BY x.id;

-- name: action_count :one
-- How many actions the plan has.
-- params: org_id i64
-- returns: n i64
SELECT count(*) AS n FROM plan_action WHERE org_id = $1;

-- name: action_add :changes
-- Adds an action, unless the same recommendation of the same source is in the plan already.
-- params: org_id i64, id i64, title text, detail text, owner_account i64?, owner_name text, due text?
-- params: status text, effort text, note text, questions text, phase text, source_kind text
-- params: source_id i64?, source_action text, done_ms i64?, now_ms i64
INSERT INTO plan_action (org_id, id, title, detail, owner_account, owner_name, due, status, effort, note,
                    questions, phase, source_kind, source_id, source_action, done_ms, created_ms,
                    updated_ms, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, 1)
ON CONFLICT DO NOTHING;

-- name: action_change :changes
-- Stores what a form holds, if nobody else has changed the action since its version `version`.
-- params: org_id i64, id i64, version i64, title text, detail text, owner_account i64?, owner_name text
-- params: due text?, status text, effort text, note text, questions text, phase text, done_ms i64?, now_ms i64
UPDATE plan_action SET title = $4, detail = $5, owner_account = $6, owner_name = $7, due = $8, status = $9,
       effort = $10, note = $11, questions = $12, phase = $13, done_ms = $14, updated_ms = $15,
       version = version + 1
WHERE org_id = $1 AND id = $2 AND version = $3;

-- name: action_move :exec
-- Gives an action another status.
-- params: org_id i64, id i64, status text, done_ms i64?, now_ms i64
UPDATE plan_action SET status = $3, done_ms = $4, updated_ms = $5, version = version + 1
WHERE org_id = $1 AND id = $2;

-- name: action_remove :changes
-- Takes an action out of the plan for good.
-- params: org_id i64, id i64
DELETE FROM plan_action WHERE org_id = $1 AND id = $2;

-- name: member_list :many
-- Who may answer for an action.
-- params: org_id i64
-- returns: account_id i64, name text
-- limit: 2000
SELECT m.account_id, a.name FROM membership m JOIN account a ON a.id = m.account_id
WHERE m.org_id = $1 ORDER BY a.name, m.account_id;

-- name: calendar_add :exec
-- Opens a member's address of the calendar.
-- params: org_id i64, id i64, account_id i64, token_hash blob, now_ms i64
INSERT INTO calendar_feed (org_id, id, account_id, token_hash, created_ms) VALUES ($1, $2, $3, $4, $5);

-- name: calendar_open :one
-- A member's open address.
-- params: org_id i64, account_id i64
-- returns: id i64, created_ms i64
SELECT id, created_ms FROM calendar_feed WHERE org_id = $1 AND account_id = $2 AND revoked_ms IS NULL;

-- name: calendar_revoke :changes
-- Closes a member's address.
-- params: org_id i64, account_id i64, now_ms i64
UPDATE calendar_feed SET revoked_ms = $3 WHERE org_id = $1 AND account_id = $2 AND revoked_ms IS NULL;

-- name: calendar_by_token :one
-- Whose plan an address shows, as long as the member it was opened for belongs to the organisation.
-- params: token_hash blob
-- returns: org_id i64, id i64, revoked_ms i64?, name text, language text
-- tenant: the hash of a 128-bit secret names one address; this is how the organisation is found out
SELECT f.org_id, f.id, f.revoked_ms, o.name, a.language FROM calendar_feed f
JOIN membership m ON m.org_id = f.org_id AND m.account_id = f.account_id
JOIN account a ON a.id = f.account_id AND a.disabled_ms IS NULL
JOIN org o ON o.id = f.org_id
WHERE f.token_hash = $1;
