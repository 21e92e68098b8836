-- name: queue_add :changes
-- Has a mail wait to be sent, at once. One that failed is tried again; one that waits already stays as it is.
-- params: org_id i64, id i64, kind text, object_id i64, recipient text?, language text, next_ms i64
-- params: now_ms i64, expires_ms i64
INSERT INTO mail (org_id, id, kind, object_id, recipient, language, state, attempts, next_ms, created_ms, expires_ms)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $8, $9)
ON CONFLICT (org_id, kind, object_id) DO UPDATE
SET state = 'waiting', attempts = 0, next_ms = excluded.next_ms, created_ms = excluded.created_ms,
    expires_ms = excluded.expires_ms, said = NULL
WHERE mail.state = 'failed';

-- name: queue_waiting :one
-- How many wait.
-- returns: n i64
-- tenant: the queue of the whole installation has one bound
SELECT count(*) AS n FROM mail WHERE state = 'waiting';

-- name: queue_take :one writes
-- Takes the mail that is due first; another process that looks meanwhile does not get it.
-- params: now_ms i64, until_ms i64
-- returns: org_id i64, id i64, kind text, object_id i64, recipient text?, language text, attempts i64
-- returns: created_ms i64, expires_ms i64
-- tenant: one thread sends the mail of every organisation; what it composes is read for the mail's own
UPDATE mail SET next_ms = $2
WHERE state = 'waiting' AND next_ms <= $1 AND (org_id, id) = (
  SELECT m.org_id, m.id FROM mail m WHERE m.state = 'waiting' AND m.next_ms <= $1
  ORDER BY m.next_ms, m.id LIMIT 1)
RETURNING org_id, id, kind, object_id, recipient, language, attempts, created_ms, expires_ms;

-- name: queue_remove :exec
-- Forgets a mail: it was handed over, or nobody needs it any more.
-- params: org_id i64, id i64
DELETE FROM mail WHERE org_id = $1 AND id = $2;

-- name: queue_sent :exec
-- Forgets a mail that was handed over, and what failed before about the same thing.
-- params: org_id i64, id i64, object_id i64
DELETE FROM mail WHERE org_id = $1 AND (id = $2 OR (object_id = $3 AND state = 'failed'));

-- name: queue_postpone :exec
-- Has a mail tried again later.
-- params: org_id i64, id i64, next_ms i64, said text
UPDATE mail SET attempts = attempts + 1, next_ms = $3, said = $4 WHERE org_id = $1 AND id = $2;

-- name: queue_fail :exec
-- Gives a mail up, and keeps why.
-- params: org_id i64, id i64, said text
UPDATE mail SET state = 'failed', attempts = attempts + 1, said = $3 WHERE org_id = $1 AND id = $2;

-- name: queue_release :exec
-- Mails that were being sent when the program ended are due again.
-- params: now_ms i64, until_ms i64
-- tenant: the queue of the whole installation is taken up again
UPDATE mail SET next_ms = $1 WHERE state = 'waiting' AND next_ms > $1 AND next_ms <= $2;

-- name: queue_sweep :exec
-- Forgets mails that failed long ago.
-- params: before_ms i64
-- tenant: the queue of the whole installation is swept
DELETE FROM mail WHERE state = 'failed' AND expires_ms < $1;

-- name: queue_next :one
-- When the next one is due.
-- returns: next_ms i64
-- tenant: one thread sends the mail of every organisation
SELECT next_ms FROM mail WHERE state = 'waiting' ORDER BY next_ms LIMIT 1;

-- name: queue_list :many
-- What waits or failed of a kind.
-- params: org_id i64, kind text
-- returns: object_id i64, state text, attempts i64, said text?
-- limit: 20000
SELECT object_id, state, attempts, said FROM mail WHERE org_id = $1 AND kind = $2 ORDER BY object_id LIMIT 20000;
