-- Accounts, sessions, organisations and who belongs to them.
-- doc/queries.md explains the annotations.

-- name: account_add :changes
-- Makes an account, unless its address has one already.
-- params: id i64, email text, name text, language text, time_zone text, password text?, is_admin bool, now_ms i64
INSERT INTO account (id, email, name, language, time_zone, password, is_admin, totp_step, created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8)
ON CONFLICT (email) DO NOTHING;

-- name: session_add :exec
-- Begins a session.
-- params: id i64, account_id i64, token_hash blob, agent text, now_ms i64
INSERT INTO session (id, account_id, token_hash, agent, created_ms, seen_ms) VALUES ($1, $2, $3, $4, $5, $5);

-- name: session_prune :exec
-- Forgets the sessions of everybody that are over.
-- params: seen_before_ms i64, created_before_ms i64
DELETE FROM session WHERE seen_ms < $1 OR created_ms < $2;

-- name: session_get :one
-- The session that a cookie is, with its account.
-- params: token_hash blob
-- returns: id i64, account_id i64, created_ms i64, seen_ms i64, name text, time_zone text, is_admin bool
-- returns: disabled_ms i64?
SELECT s.id, s.account_id, s.created_ms, s.seen_ms, a.name, a.time_zone, a.is_admin, a.disabled_ms
FROM session s JOIN account a ON a.id = s.account_id WHERE s.token_hash = $1;

-- name: session_seen :exec
-- Notes when a session was last used.
-- params: id i64, now_ms i64
UPDATE session SET seen_ms = $2 WHERE id = $1 AND seen_ms < $2;

-- name: org_add :exec
-- Makes an organisation that nobody belongs to yet.
-- params: id i64, name text, time_zone text, now_ms i64
INSERT INTO org (id, name, time_zone, created_ms, updated_ms) VALUES ($1, $2, $3, $4, $4);

-- name: member_set :exec
-- Makes an account a member of an organisation, or changes its role there.
-- params: org_id i64, account_id i64, role text, now_ms i64
INSERT INTO membership (org_id, account_id, role, created_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (org_id, account_id) DO UPDATE SET role = excluded.role;

-- name: member_get :one
-- What an account is in an organisation, and what that organisation looks like.
-- params: org_id i64, account_id i64
-- returns: role text, name text, accent text
SELECT m.role, o.name, o.accent FROM membership m JOIN org o ON o.id = m.org_id
WHERE m.org_id = $1 AND m.account_id = $2;

-- name: audit_add :exec
-- Notes what was done.
-- params: org_id i64, id i64, at_ms i64, account_id i64?, who text, action text, object_kind text
-- params: object_id i64?, before text?, after text?
INSERT INTO audit (org_id, id, at_ms, account_id, who, action, object_kind, object_id, before, after)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
