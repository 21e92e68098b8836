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

-- name: account_credentials :one
-- What signing in with an address has to fit.
-- params: email text
-- returns: id i64, password text?, language text, totp_confirmed_ms i64?, disabled_ms i64?
SELECT id, password, language, totp_confirmed_ms, disabled_ms FROM account WHERE email = $1;

-- name: account_get :one
-- An account.
-- params: id i64
-- returns: email text, name text, language text, time_zone text, is_admin bool, totp_confirmed_ms i64?
-- returns: password text?, disabled_ms i64?
SELECT email, name, language, time_zone, is_admin, totp_confirmed_ms, password, disabled_ms
FROM account WHERE id = $1;

-- name: account_by_email :one
-- The account of an address.
-- params: email text
-- returns: id i64, name text
SELECT id, name FROM account WHERE email = $1;

-- name: account_list :many
-- Every account of the installation, by name.
-- params: pattern text
-- returns: id i64, email text, name text, is_admin bool, created_ms i64, disabled_ms i64?
-- returns: has_password bool, has_factor bool, seen_ms i64?, orgs i64
-- tenant: counts the organisations of each account for the administrator, who sees nothing of them
-- limit: 10000
SELECT a.id, a.email, a.name, a.is_admin, a.created_ms, a.disabled_ms,
       CASE WHEN a.password IS NULL THEN 0 ELSE 1 END AS has_password,
       CASE WHEN a.totp_confirmed_ms IS NULL THEN 0 ELSE 1 END AS has_factor,
       (SELECT max(s.seen_ms) FROM session s WHERE s.account_id = a.id) AS seen_ms,
       (SELECT count(*) FROM membership m WHERE m.account_id = a.id) AS orgs
FROM account a
WHERE a.email LIKE $1 OR lower(a.name) LIKE $1
ORDER BY lower(a.name), a.id;

-- name: account_any :one
-- Any account at all.
-- returns: id i64
SELECT id FROM account LIMIT 1;

-- name: account_save :exec
-- What a person says of themself.
-- params: id i64, name text, language text, time_zone text, now_ms i64
UPDATE account SET name = $2, language = $3, time_zone = $4, updated_ms = $5 WHERE id = $1;

-- name: account_rehash :changes
-- Keeps the same password with other costs, unless it is another one by now.
-- params: id i64, before text, password text
UPDATE account SET password = $3 WHERE id = $1 AND password = $2;

-- name: account_password :exec
-- Sets a password.
-- params: id i64, password text, now_ms i64
UPDATE account SET password = $2, updated_ms = $3 WHERE id = $1;

-- name: account_disable :changes
-- Closes an account, or (with NULL) opens it again.
-- params: id i64, disabled_ms i64?, now_ms i64
UPDATE account SET disabled_ms = $2, updated_ms = $3 WHERE id = $1;

-- name: account_make_admin :changes
-- Makes an account an administrator, or no longer one.
-- params: id i64, is_admin bool, now_ms i64
UPDATE account SET is_admin = $2, updated_ms = $3 WHERE id = $1;

-- name: admin_count :one
-- How many can administer the installation.
-- returns: n i64
SELECT count(*) AS n FROM account WHERE is_admin = 1 AND password IS NOT NULL AND disabled_ms IS NULL;

-- name: session_end :exec
-- Signs a browser out.
-- params: id i64
DELETE FROM session WHERE id = $1;

-- name: session_end_own :changes
-- Signs one browser of an account out.
-- params: id i64, account_id i64
DELETE FROM session WHERE id = $1 AND account_id = $2;

-- name: session_end_others :exec
-- Signs every browser of an account out but one; 0 spares none.
-- params: account_id i64, but_id i64
DELETE FROM session WHERE account_id = $1 AND id <> $2;

-- name: session_list :many
-- Where an account is signed in, last used first.
-- params: account_id i64, seen_after_ms i64, created_after_ms i64
-- returns: id i64, agent text, created_ms i64, seen_ms i64
-- limit: 1000
SELECT id, agent, created_ms, seen_ms FROM session
WHERE account_id = $1 AND seen_ms >= $2 AND created_ms >= $3 ORDER BY seen_ms DESC, id DESC LIMIT 1000;

-- name: factor_get :one
-- The second factor of an account.
-- params: id i64
-- returns: totp_secret blob?, totp_confirmed_ms i64?, totp_step i64, disabled_ms i64?, email text
SELECT totp_secret, totp_confirmed_ms, totp_step, disabled_ms, email FROM account WHERE id = $1;

-- name: factor_begin :exec
-- A key that no code has proved yet.
-- params: id i64, secret blob, now_ms i64
UPDATE account SET totp_secret = $2, totp_step = 0, updated_ms = $3 WHERE id = $1 AND totp_confirmed_ms IS NULL;

-- name: factor_confirm :exec
-- The first code proved that the key arrived.
-- params: id i64, step i64, now_ms i64
UPDATE account SET totp_confirmed_ms = $3, totp_step = $2, updated_ms = $3 WHERE id = $1;

-- name: factor_step :changes
-- Takes a code: none is taken twice.
-- params: id i64, step i64
UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2;

-- name: factor_remove :exec
-- Goes back to the password alone.
-- params: id i64, now_ms i64
UPDATE account SET totp_secret = NULL, totp_confirmed_ms = NULL, totp_step = 0, updated_ms = $2 WHERE id = $1;

-- name: recovery_add :exec
-- A recovery code.
-- params: account_id i64, code_hash blob
INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2);

-- name: recovery_use :changes
-- Uses a recovery code up.
-- params: account_id i64, code_hash blob, now_ms i64
UPDATE recovery_code SET used_ms = $3 WHERE account_id = $1 AND code_hash = $2 AND used_ms IS NULL;

-- name: recovery_left :one
-- How many recovery codes are left.
-- params: account_id i64
-- returns: n i64
SELECT count(*) AS n FROM recovery_code WHERE account_id = $1 AND used_ms IS NULL;

-- name: recovery_clear :exec
-- Forgets the recovery codes of an account.
-- params: account_id i64
DELETE FROM recovery_code WHERE account_id = $1;

-- name: link_add :exec
-- A link that works once.
-- params: id i64, token_hash blob, kind text, account_id i64?, now_ms i64, expires_ms i64
INSERT INTO account_link (id, token_hash, kind, account_id, created_ms, expires_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: link_close :exec
-- Closes the links of a kind for an account (0: for nobody in particular), before a new one is made.
-- params: kind text, account_id i64, now_ms i64
UPDATE account_link SET used_ms = $3 WHERE kind = $1 AND coalesce(account_id, 0) = $2 AND used_ms IS NULL;

-- name: link_get :one
-- The link that a token is.
-- params: token_hash blob
-- returns: id i64, kind text, expires_ms i64, used_ms i64?
SELECT id, kind, expires_ms, used_ms FROM account_link WHERE token_hash = $1;

-- name: link_account :one
-- Whose password a link sets.
-- params: id i64
-- returns: id i64, email text, name text
SELECT a.id, a.email, a.name FROM account_link l JOIN account a ON a.id = l.account_id
WHERE l.id = $1 AND a.disabled_ms IS NULL;

-- name: link_use :changes
-- Uses a link up.
-- params: id i64, now_ms i64
UPDATE account_link SET used_ms = $2 WHERE id = $1 AND used_ms IS NULL;

-- name: org_get :one
-- What an organisation says of itself.
-- params: org_id i64
-- returns: name text, sector text, size text, time_zone text, accent text, contact_url text, benchmark bool
-- returns: logo_type text, created_ms i64, updated_ms i64
SELECT name, sector, size, time_zone, accent, contact_url, benchmark, logo_type, created_ms, updated_ms
FROM org WHERE id = $1;

-- name: org_save :exec
-- Saves what an organisation says of itself.
-- params: org_id i64, name text, sector text, size text, time_zone text, accent text, contact_url text
-- params: benchmark bool, now_ms i64
UPDATE org SET name = $2, sector = $3, size = $4, time_zone = $5, accent = $6, contact_url = $7, benchmark = $8,
    updated_ms = $9
WHERE id = $1;

-- name: org_logo :one
-- The logo of an organisation.
-- params: org_id i64
-- returns: logo_type text, logo blob?
SELECT logo_type, logo FROM org WHERE id = $1;

-- name: org_set_logo :exec
-- Sets the logo of an organisation, or (with NULL) takes it away.
-- params: org_id i64, logo_type text, logo blob?, now_ms i64
UPDATE org SET logo_type = $2, logo = $3, updated_ms = $4 WHERE id = $1;

-- name: department_list :many
-- The departments of an organisation, in their order.
-- params: org_id i64
-- returns: id i64, name text, position i64
-- limit: 100
SELECT id, name, position FROM department WHERE org_id = $1 ORDER BY position, id;

-- name: department_add :changes
-- Adds a department at the end, unless there is one of that name, or of that name in another case.
-- params: org_id i64, id i64, name text, name_key text, position i64
INSERT INTO department (org_id, id, name, name_key, position) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- name: department_rename :changes
-- Calls a department something else. A conflict when another has the name, which is looked at before.
-- params: org_id i64, id i64, name text, name_key text
UPDATE department SET name = $3, name_key = $4 WHERE org_id = $1 AND id = $2;

-- name: department_move :exec
-- Puts a department at a place.
-- params: org_id i64, id i64, position i64
UPDATE department SET position = $3 WHERE org_id = $1 AND id = $2;

-- name: department_remove :changes
-- Removes a department that no campaign knows.
-- params: org_id i64, id i64
DELETE FROM department WHERE department.org_id = $1 AND department.id = $2
  AND NOT EXISTS (SELECT 1 FROM participant p WHERE p.org_id = $1 AND p.department_id = $2)
  AND NOT EXISTS (SELECT 1 FROM sheet s WHERE s.org_id = $1 AND s.department_id = $2);

-- name: member_list :many
-- Who belongs to an organisation, by name.
-- params: org_id i64
-- returns: account_id i64, role text, created_ms i64, name text, email text, disabled_ms i64?
-- limit: 1000
SELECT m.account_id, m.role, m.created_ms, a.name, a.email, a.disabled_ms
FROM membership m JOIN account a ON a.id = m.account_id
WHERE m.org_id = $1 ORDER BY lower(a.name), a.id;

-- name: member_remove :changes
-- Ends a membership.
-- params: org_id i64, account_id i64
DELETE FROM membership WHERE org_id = $1 AND account_id = $2;

-- name: owner_count :one
-- How many owners an organisation has who can sign in.
-- params: org_id i64
-- returns: n i64
SELECT count(*) AS n FROM membership m JOIN account a ON a.id = m.account_id
WHERE m.org_id = $1 AND m.role = 'owner' AND a.disabled_ms IS NULL;

-- name: invitation_add :exec
-- Invites somebody.
-- params: org_id i64, id i64, token_hash blob, role text, label text, created_by i64, now_ms i64, expires_ms i64
-- params: email text?
INSERT INTO org_invitation (org_id, id, token_hash, role, label, created_by, created_ms, expires_ms, email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: invitation_list :many
-- The invitations that nobody has used and that still work.
-- params: org_id i64, now_ms i64
-- returns: id i64, role text, label text, created_ms i64, expires_ms i64, email text?, mailed_ms i64?
-- limit: 1000
SELECT id, role, label, created_ms, expires_ms, email, mailed_ms FROM org_invitation
WHERE org_id = $1 AND used_ms IS NULL AND revoked_ms IS NULL AND expires_ms > $2 ORDER BY id DESC;

-- name: invitation_by_token :one
-- The invitation that a link is.
-- params: token_hash blob
-- returns: org_id i64, id i64, role text, expires_ms i64, used_ms i64?, revoked_ms i64?, name text, accent text
-- tenant: the hash of a 128-bit secret names one invitation; this is how the organisation is found out
SELECT i.org_id, i.id, i.role, i.expires_ms, i.used_ms, i.revoked_ms, o.name, o.accent
FROM org_invitation i JOIN org o ON o.id = i.org_id WHERE i.token_hash = $1;

-- name: invitation_use :changes
-- Uses an invitation up.
-- params: org_id i64, id i64, now_ms i64
UPDATE org_invitation SET used_ms = $3 WHERE org_id = $1 AND id = $2 AND used_ms IS NULL AND revoked_ms IS NULL;

-- name: invitation_revoke :changes
-- Withdraws an invitation.
-- params: org_id i64, id i64, now_ms i64
UPDATE org_invitation SET revoked_ms = $3 WHERE org_id = $1 AND id = $2 AND used_ms IS NULL AND revoked_ms IS NULL;

-- name: portfolio_list :many
-- The organisations an account belongs to, by name.
-- params: account_id i64
-- returns: org_id i64, name text, sector text, accent text, role text, members i64, updated_ms i64
-- limit: 5000
-- tenant: an account's own memberships; nothing of an organisation it does not belong to
SELECT o.id AS org_id, o.name, o.sector, o.accent, m.role,
       (SELECT count(*) FROM membership n WHERE n.org_id = o.id) AS members, o.updated_ms
FROM membership m JOIN org o ON o.id = m.org_id WHERE m.account_id = $1 ORDER BY lower(o.name), o.id;

-- name: audit_list :many
-- A page of the log of an organisation, newest first; empty filters (0 for an object) let everything pass.
-- params: org_id i64, action text, who text, object_kind text, object_id i64, from_ms i64, to_ms i64
-- params: before_id i64, max i64
-- returns: id i64, at_ms i64, who text, action text, object_kind text, object_id i64?, before text?, after text?
-- limit: 10000
SELECT id, at_ms, who, action, object_kind, object_id, before, after FROM audit
WHERE org_id = $1 AND (CAST($2 AS TEXT) = '' OR action = $2) AND (CAST($3 AS TEXT) = '' OR who = $3)
  AND (CAST($4 AS TEXT) = '' OR object_kind = $4) AND (CAST($5 AS BIGINT) = 0 OR object_id = $5)
  AND at_ms >= $6 AND at_ms < $7 AND id < $8
ORDER BY id DESC LIMIT $9;

-- name: audit_kinds :many
-- What kinds of things the log of an organisation speaks of.
-- params: org_id i64
-- returns: object_kind text
-- limit: 100
SELECT DISTINCT object_kind FROM audit WHERE org_id = $1 ORDER BY object_kind;

-- name: audit_actions :many
-- Which actions the log of an organisation holds.
-- params: org_id i64
-- returns: action text
-- limit: 500
SELECT DISTINCT action FROM audit WHERE org_id = $1 ORDER BY action;

-- name: audit_people :many
-- Who the log of an organisation names.
-- params: org_id i64
-- returns: who text
-- limit: 2000
SELECT DISTINCT who FROM audit WHERE org_id = $1 ORDER BY who;

-- name: account_to_mail :one
-- Whom a forgotten password is of: an account that may sign in.
-- params: email text
-- returns: id i64, email text, name text, language text
SELECT id, email, name, language FROM account WHERE email = $1 AND disabled_ms IS NULL;

-- name: link_mailed :exec
-- A link that goes out by mail: the same one each time the mail is tried, and working from then on.
-- params: id i64, token_hash blob, account_id i64, now_ms i64, expires_ms i64
INSERT INTO account_link (id, token_hash, kind, account_id, created_ms, expires_ms) VALUES ($1, $2, 'reset', $3, $4, $5)
ON CONFLICT (token_hash) DO UPDATE SET expires_ms = excluded.expires_ms;

-- name: link_close_others :exec
-- Closes the other links to a new password of an account.
-- params: account_id i64, token_hash blob, now_ms i64
UPDATE account_link SET used_ms = $3
WHERE kind = 'reset' AND account_id = $1 AND token_hash <> $2 AND used_ms IS NULL;

-- name: link_recent :one
-- How many links to a new password an account got since.
-- params: account_id i64, since_ms i64
-- returns: n i64
SELECT count(*) AS n FROM account_link WHERE account_id = $1 AND kind = 'reset' AND used_ms IS NULL AND created_ms > $2;

-- name: invitation_to_mail :one
-- What the mail of an invitation says.
-- params: org_id i64, id i64
-- returns: role text, email text?, expires_ms i64, used_ms i64?, revoked_ms i64?, name text, time_zone text
-- returns: maker text?
SELECT i.role, i.email, i.expires_ms, i.used_ms, i.revoked_ms, o.name, o.time_zone, a.name AS maker
FROM org_invitation i JOIN org o ON o.id = i.org_id LEFT JOIN account a ON a.id = i.created_by
WHERE i.org_id = $1 AND i.id = $2;

-- name: invitation_mailed :exec
-- Notes that the mail of an invitation was handed over.
-- params: org_id i64, id i64, now_ms i64
UPDATE org_invitation SET mailed_ms = $3 WHERE org_id = $1 AND id = $2;
