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

-- name: anonymous_round_list :many
-- The anonymous rounds, whether they have come to their end, and the first vote that a workshop under way is giving.
-- params: org_id i64, now_ms i64
-- returns: id i64, is_over bool, room_vote i64?
-- limit: 100000
SELECT r.id, CASE WHEN r.state = 'closed' OR r.closes_ms <= $2 THEN 1 ELSE 0 END AS is_over,
       w.first_vote AS room_vote
FROM round r LEFT JOIN workshop w ON w.org_id = r.org_id AND w.round_id = r.id AND w.state = 'open'
WHERE r.org_id = $1 AND r.mode = 'anonymous' ORDER BY r.id LIMIT 100000;

-- name: anonymous_sheet_list :many
-- The sheets of anonymous rounds.
-- params: org_id i64
-- returns: id i64, round_id i64, is_sent bool
-- limit: 50001
SELECT s.id, s.round_id, CASE WHEN s.sent_ms IS NULL THEN 0 ELSE 1 END AS is_sent
FROM sheet s JOIN round r ON r.org_id = s.org_id AND r.id = s.round_id
WHERE s.org_id = $1 AND s.round_id IS NOT NULL AND r.mode = 'anonymous' ORDER BY s.id LIMIT 50001;

-- name: anonymous_answer_list :many
-- What was sent to anonymous rounds, question by question.
-- params: org_id i64
-- returns: round_id i64, vote i64, question text, value text?, comment text?, kind i64?
-- limit: 2000000
SELECT s.round_id, a.vote, a.question, a.value, a.comment, a.kind FROM answer a
JOIN sheet s ON s.org_id = a.org_id AND s.id = a.sheet_id
JOIN round r ON r.org_id = s.org_id AND r.id = s.round_id
WHERE a.org_id = $1 AND s.round_id IS NOT NULL AND s.sent_ms IS NOT NULL AND r.mode = 'anonymous'
ORDER BY s.round_id, a.vote, a.question LIMIT 2000000;

-- name: anonymous_tally_list :many
-- The counts of anonymous rounds, of all departments together.
-- params: org_id i64
-- returns: round_id i64, vote i64, item text, kind i64, value text, n i64
-- limit: 2000000
SELECT t.round_id, t.vote, t.item, t.kind, t.value, CAST(sum(t.n) AS BIGINT) AS n FROM tally t
JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id
WHERE t.org_id = $1 AND r.mode = 'anonymous' AND t.n > 0
GROUP BY t.round_id, t.vote, t.item, t.kind, t.value
ORDER BY t.round_id, t.vote, t.item, t.kind, t.value LIMIT 2000000;
