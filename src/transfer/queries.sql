-- Organisations whole: what is not of one table of theirs (those are in db/tables.h).
-- doc/queries.md explains the annotations.

-- name: account_get :one
-- Somebody as an export names them.
-- params: id i64
-- returns: email text, name text, language text, time_zone text
SELECT email, name, language, time_zone FROM account WHERE id = $1;

-- name: account_by_email :one
-- The account of an address.
-- params: email text
-- returns: id i64
SELECT id FROM account WHERE email = $1;

-- name: account_add :changes
-- Makes an account without a password, unless its address or its id is taken.
-- params: id i64, email text, name text, language text, time_zone text, now_ms i64
INSERT INTO account (id, email, name, language, time_zone, is_admin, totp_step, created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $6)
ON CONFLICT DO NOTHING;

-- name: org_name :one
-- What an organisation is called.
-- params: org_id i64
-- returns: name text
SELECT name FROM org WHERE id = $1;

-- name: org_list :many
-- Every organisation of the installation, for whoever runs it.
-- returns: id i64, name text, created_ms i64, members i64, rounds i64, sheets i64
-- tenant: the command line is the administrator's; no content is shown
-- limit: 100000
SELECT o.id, o.name, o.created_ms,
       (SELECT count(*) FROM membership m WHERE m.org_id = o.id) AS members,
       (SELECT count(*) FROM round r WHERE r.org_id = o.id) AS rounds,
       (SELECT count(*) FROM sheet s WHERE s.org_id = o.id) AS sheets
FROM org o WHERE o.id <> 1 ORDER BY lower(o.name), o.id;

-- name: erasure_get :one
-- What the log of the installation keeps of an organisation that was erased; the last time, if it came back.
-- params: org_id i64, erased i64
-- returns: at_ms i64, account_id i64?, who text, after text?
SELECT at_ms, account_id, who, after FROM audit
WHERE org_id = $1 AND object_kind = 'erasure' AND object_id = $2 ORDER BY id DESC LIMIT 1;
