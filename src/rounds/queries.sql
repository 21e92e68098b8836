-- The multi-rater engine: rounds, who may answer, sheets, what they answered as counts, agreements.
-- doc/queries.md explains the annotations.

-- name: round_add :exec
-- Makes a round, as a draft.
-- params: org_id i64, id i64, kind text, token_hash blob, title text, pack text, pack_version i64, mode text
-- params: access text, threshold i64, asks_department bool, shows_result bool, language text
-- params: controller text, contact text, purpose text, retention text, opens_ms i64?, closes_ms i64?
-- params: created_by i64?, now_ms i64, keep_until_ms i64?
INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, state, mode, access, threshold,
                   asks_department, shows_result, language, controller, contact, purpose, retention,
                   opens_ms, closes_ms, created_by, created_ms, updated_ms, version, keep_until_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $21, 1, $22);

-- name: round_get :one
-- One round.
-- params: org_id i64, id i64
-- returns: kind text, title text, pack text, pack_version i64, state text, mode text, access text
-- returns: threshold i64, asks_department bool, shows_result bool, language text
-- returns: controller text, contact text, purpose text, retention text, opens_ms i64?, closes_ms i64?
-- returns: opened_ms i64?, closed_ms i64?, created_ms i64, updated_ms i64, version i64, code text?
-- returns: keep_until_ms i64?, forgotten_ms i64?
SELECT kind, title, pack, pack_version, state, mode, access, threshold, asks_department, shows_result,
       language, controller, contact, purpose, retention, opens_ms, closes_ms, opened_ms, closed_ms,
       created_ms, updated_ms, version, code, keep_until_ms, forgotten_ms
FROM round WHERE org_id = $1 AND id = $2;

-- name: round_by_token :one
-- The round of a public link.
-- params: token_hash blob
-- returns: org_id i64, id i64
-- tenant: the hash of a 128-bit secret names one round; this is how the organisation is found out
SELECT org_id, id FROM round WHERE token_hash = $1;

-- name: round_by_code :one
-- The round of a code, as long as its public link is open.
-- params: code text
-- returns: org_id i64, id i64
-- tenant: a code is of one open round; this is how the organisation is found out
SELECT org_id, id FROM round WHERE code = $1 AND state = 'open' AND access <> 'personal';

-- name: round_list :many
-- The rounds of an organisation, the latest first, with how many were invited and how many sheets were sent.
-- params: org_id i64
-- returns: id i64, title text, state text, mode text, access text, opens_ms i64?, closes_ms i64?
-- returns: opened_ms i64?, closed_ms i64?, created_ms i64, n_invited i64, n_sent i64
-- limit: 1000
SELECT r.id, r.title, r.state, r.mode, r.access, r.opens_ms, r.closes_ms, r.opened_ms, r.closed_ms, r.created_ms,
       (SELECT count(*) FROM participant p
        WHERE p.org_id = r.org_id AND p.round_id = r.id AND p.kind = 'personal' AND p.revoked_ms IS NULL) AS n_invited,
       (SELECT CAST(coalesce(sum(t.n), 0) AS BIGINT) FROM tally t
        WHERE t.org_id = r.org_id AND t.round_id = r.id AND t.vote = 1 AND t.item = '') AS n_sent
FROM round r WHERE r.org_id = $1
ORDER BY r.id DESC LIMIT 1000;

-- name: round_edit :changes
-- Changes a round that nobody else changed meanwhile.
-- params: org_id i64, id i64, version i64, title text, mode text, access text, threshold i64
-- params: asks_department bool, shows_result bool, language text
-- params: controller text, contact text, purpose text, retention text, opens_ms i64?, closes_ms i64?, now_ms i64
-- params: keep_until_ms i64?
UPDATE round
SET title = $4, mode = $5, access = $6, threshold = $7, asks_department = $8, shows_result = $9, language = $10,
    controller = $11, contact = $12, purpose = $13, retention = $14, opens_ms = $15, closes_ms = $16,
    updated_ms = $17, version = version + 1, keep_until_ms = $18
WHERE org_id = $1 AND id = $2 AND version = $3;

-- name: round_open :changes
-- Opens a round that nobody else changed meanwhile; opening again forgets that it was closed.
-- params: org_id i64, id i64, version i64, closes_ms i64?, now_ms i64, code text
UPDATE round
SET state = 'open', code = $6, opened_ms = coalesce(opened_ms, $5), closed_ms = NULL, closes_ms = $4,
    updated_ms = $5, version = version + 1
WHERE org_id = $1 AND id = $2 AND version = $3;

-- name: round_close :changes
-- Closes a round that nobody else changed meanwhile.
-- params: org_id i64, id i64, version i64, now_ms i64
UPDATE round SET state = 'closed', closed_ms = $4, updated_ms = $4, version = version + 1
WHERE org_id = $1 AND id = $2 AND version = $3;

-- name: round_erase :changes
-- Erases a round that nobody else changed meanwhile, with all that belongs to it; not under a workshop's feet.
-- params: org_id i64, id i64, version i64
DELETE FROM round
WHERE round.org_id = $1 AND round.id = $2 AND round.version = $3
  AND NOT EXISTS (SELECT 1 FROM workshop w WHERE w.org_id = $1 AND w.round_id = $2 AND w.state = 'open');

-- name: keep_take :one writes
-- Closes the round whose sheets should have gone first, and notes that they do; another process that looks meanwhile
-- does not get it. A workshop under way is waited for, unless it was started before a moment.
-- params: now_ms i64, since_ms i64
-- returns: org_id i64, id i64, title text
-- tenant: what was promised is carried out for every organisation; what is erased then is the round's own
UPDATE round
SET state = 'closed', closed_ms = coalesce(closed_ms, closes_ms, $1), forgotten_ms = $1, updated_ms = $1,
    version = version + 1
WHERE forgotten_ms IS NULL AND (org_id, id) = (
  SELECT r.org_id, r.id FROM round r
  WHERE r.forgotten_ms IS NULL AND r.state <> 'draft' AND r.keep_until_ms <= $1
    AND NOT EXISTS (SELECT 1 FROM workshop w
      WHERE w.org_id = r.org_id AND w.round_id = r.id AND w.state = 'open' AND w.started_ms >= $2)
  ORDER BY r.keep_until_ms, r.org_id, r.id LIMIT 1)
RETURNING org_id, id, title;

-- name: keep_due :one
-- How many rounds wait for that.
-- params: now_ms i64, since_ms i64
-- returns: n i64
-- tenant: what was promised is carried out for every organisation
SELECT count(*) AS n FROM round r
WHERE r.forgotten_ms IS NULL AND r.state <> 'draft' AND r.keep_until_ms <= $1
  AND NOT EXISTS (SELECT 1 FROM workshop w
    WHERE w.org_id = r.org_id AND w.round_id = r.id AND w.state = 'open' AND w.started_ms >= $2);

-- name: keep_workshop :exec
-- Ends the workshop of a round that nobody ended.
-- params: org_id i64, round_id i64, now_ms i64
UPDATE workshop
SET state = 'over', over_ms = $3, timer_ends_ms = NULL, timer_left_ms = NULL, version = version + 1, news = news + 1
WHERE org_id = $1 AND round_id = $2 AND state = 'open';

-- name: keep_sheets :exec
-- Erases all sheets of a round, with their answers.
-- params: org_id i64, round_id i64
DELETE FROM sheet WHERE org_id = $1 AND round_id = $2;

-- name: keep_participants :exec
-- Erases everybody who could answer in a round, with their links.
-- params: org_id i64, round_id i64
DELETE FROM participant WHERE org_id = $1 AND round_id = $2;

-- name: participant_add :exec
-- Adds someone who may answer.
-- params: org_id i64, id i64, round_id i64, kind text, token_hash blob, name text?, email text?
-- params: department_id i64?, language text?, state text, now_ms i64
INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, email, department_id, language, state,
                         created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: participant_by_token :one
-- Whose personal link, or device, this is.
-- params: token_hash blob
-- returns: org_id i64, id i64, round_id i64
-- tenant: the hash of a 128-bit secret names one participant; this is how the organisation is found out
SELECT org_id, id, round_id FROM participant WHERE token_hash = $1;

-- name: participant_get :one
-- One participant, with the sheet as far as it is known.
-- params: org_id i64, id i64
-- returns: round_id i64, kind text, token_hash blob, name text?, email text?, department_id i64?, language text?
-- returns: state text, answered_day i64?, revoked_ms i64?, invited_ms i64?, reminded_ms i64?, sheet_id i64?
-- returns: sent_ms i64?
SELECT p.round_id, p.kind, p.token_hash, p.name, p.email, p.department_id, p.language, p.state, p.answered_day,
       p.revoked_ms, p.invited_ms, p.reminded_ms, s.id AS sheet_id, s.sent_ms
FROM participant p LEFT JOIN sheet s ON s.org_id = p.org_id AND s.participant_id = p.id
WHERE p.org_id = $1 AND p.id = $2;

-- name: participant_list :many
-- Those who were invited to a round, in the order of invitation.
-- params: org_id i64, round_id i64
-- returns: id i64, name text?, email text?, department_id i64?, language text?, state text, answered_day i64?
-- returns: revoked_ms i64?, invited_ms i64?, reminded_ms i64?
-- limit: 5000
SELECT id, name, email, department_id, language, state, answered_day, revoked_ms, invited_ms, reminded_ms
FROM participant WHERE org_id = $1 AND round_id = $2 AND kind = 'personal'
ORDER BY id LIMIT 5000;

-- name: participant_count :one
-- How many were invited by personal links that are open, how many of those answered, how many devices did.
-- params: org_id i64, round_id i64
-- returns: n_personal i64, n_answered i64, n_devices i64, n_begun i64
SELECT count(*) FILTER (WHERE kind = 'personal' AND (revoked_ms IS NULL OR state = 'answered')) AS n_personal,
       count(*) FILTER (WHERE kind = 'personal' AND state = 'answered') AS n_answered,
       count(*) FILTER (WHERE kind = 'device' AND state = 'answered') AS n_devices,
       count(*) FILTER (WHERE state = 'begun' AND revoked_ms IS NULL) AS n_begun
FROM participant WHERE org_id = $1 AND round_id = $2;

-- name: sender_list :many
-- Those who sent a sheet of a nominative round by the link of theirs or by the public one, in the order of sending;
-- who voted in a workshop's room is none of them. SQLite, left to itself, walks all sheets of the organisation.
-- params: org_id i64, round_id i64, skip i64, max i64
-- returns: sheet_id i64, name text?, email text?, department_id i64?, sent_ms i64
-- limit: 100
SELECT s.id AS sheet_id, p.name, p.email, s.department_id, s.sent_ms
FROM sheet s INDEXED BY sheet_by_round JOIN participant p ON p.org_id = $1 AND p.id = s.participant_id
WHERE s.org_id = $1 AND s.round_id = $2 AND s.sent_ms IS NOT NULL AND p.kind <> 'room'
ORDER BY s.sent_ms, s.id LIMIT $4 OFFSET $3;
-- postgres:
SELECT s.id AS sheet_id, p.name, p.email, s.department_id, s.sent_ms
FROM sheet s JOIN participant p ON p.org_id = $1 AND p.id = s.participant_id
WHERE s.org_id = $1 AND s.round_id = $2 AND s.sent_ms IS NOT NULL AND p.kind <> 'room'
ORDER BY s.sent_ms, s.id LIMIT $4 OFFSET $3;

-- name: sender_get :one
-- Who sent that sheet of a nominative round.
-- params: org_id i64, round_id i64, sheet_id i64
-- returns: name text?, email text?, department_id i64?, sent_ms i64, participant_id i64, is_invited bool
SELECT p.name, p.email, s.department_id, s.sent_ms, p.id AS participant_id,
       CASE WHEN p.kind = 'personal' THEN 1 ELSE 0 END AS is_invited
FROM sheet s JOIN participant p ON p.org_id = $1 AND p.id = s.participant_id
WHERE s.org_id = $1 AND s.round_id = $2 AND s.id = $3 AND s.sent_ms IS NOT NULL AND p.kind <> 'room';

-- name: participant_begin :exec
-- Notes that a sheet was begun, and for which department.
-- params: org_id i64, id i64, department_id i64?
UPDATE participant SET state = 'begun', department_id = $3 WHERE org_id = $1 AND id = $2;

-- name: participant_answered :exec
-- Notes the day of sending and nothing more precise.
-- params: org_id i64, id i64, day i64
UPDATE participant SET state = 'answered', answered_day = $3 WHERE org_id = $1 AND id = $2;

-- name: participant_reset :exec
-- Notes that a sent sheet was taken back, or a begun one erased.
-- params: org_id i64, id i64, state text
UPDATE participant SET state = $3, answered_day = NULL WHERE org_id = $1 AND id = $2;

-- name: participant_forget :exec
-- Forgets somebody who came by the public link, with whatever is begun.
-- params: org_id i64, id i64
DELETE FROM participant WHERE org_id = $1 AND id = $2 AND kind = 'device';

-- name: participant_revoke :changes
-- Closes a personal link that is open.
-- params: org_id i64, round_id i64, id i64, now_ms i64
UPDATE participant SET revoked_ms = $4
WHERE org_id = $1 AND round_id = $2 AND id = $3 AND kind = 'personal' AND revoked_ms IS NULL;

-- name: participant_remove :changes
-- Takes somebody off the list whose link is closed and who sent nothing; what they had begun goes with them.
-- params: org_id i64, round_id i64, id i64
DELETE FROM participant
WHERE org_id = $1 AND round_id = $2 AND id = $3 AND kind = 'personal' AND revoked_ms IS NOT NULL
      AND state <> 'answered';

-- name: participant_correct :changes
-- Says anew who is invited; with is_frozen, only of somebody who has not answered. A department is theirs to say once
-- they have begun. To another address nothing was sent yet.
-- params: org_id i64, round_id i64, id i64, name text?, email text?, department_id i64?, is_frozen bool
UPDATE participant
SET name = $4, email = $5, department_id = CASE WHEN state = 'invited' THEN $6 ELSE department_id END,
    invited_ms = CASE WHEN email = $5 THEN invited_ms END,
    reminded_ms = CASE WHEN email = $5 THEN reminded_ms END
WHERE org_id = $1 AND round_id = $2 AND id = $3 AND kind = 'personal' AND (state <> 'answered' OR $7 = 0);

-- name: participant_restore :changes
-- Opens a closed personal link again.
-- params: org_id i64, round_id i64, id i64
UPDATE participant SET revoked_ms = NULL
WHERE org_id = $1 AND round_id = $2 AND id = $3 AND kind = 'personal' AND revoked_ms IS NOT NULL;

-- name: participant_mailed :exec
-- Notes when the link was last sent by mail, or (the other being NULL) a reminder.
-- params: org_id i64, id i64, invited_ms i64?, reminded_ms i64?
UPDATE participant SET invited_ms = coalesce($3, invited_ms), reminded_ms = coalesce($4, reminded_ms)
WHERE org_id = $1 AND id = $2;

-- name: participant_known :many
-- The addresses that a round's participants have already.
-- params: org_id i64, round_id i64
-- returns: email text
-- limit: 5000
SELECT email FROM participant WHERE org_id = $1 AND round_id = $2 AND email IS NOT NULL ORDER BY email LIMIT 5000;

-- name: sheet_add :exec
-- Begins the sheet of a participant, under the participant's own token.
-- params: org_id i64, id i64, round_id i64, participant_id i64, token_hash blob, pack text, pack_version i64
-- params: language text, department_id i64?, now_ms i64
INSERT INTO sheet (org_id, id, round_id, participant_id, token_hash, pack, pack_version, language, department_id,
                   created_ms, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10);

-- name: sheet_get :one
-- What the engine knows of a round's sheet.
-- params: org_id i64, id i64
-- returns: round_id i64, participant_id i64?, department_id i64?, sent_ms i64?
SELECT round_id, participant_id, department_id, sent_ms FROM sheet
WHERE org_id = $1 AND id = $2 AND round_id IS NOT NULL;

-- name: sheet_sent :changes
-- Notes that a sheet was sent; nothing when it was already.
-- params: org_id i64, id i64, now_ms i64
UPDATE sheet SET sent_ms = $3 WHERE org_id = $1 AND id = $2 AND sent_ms IS NULL;

-- name: sheet_unsend :changes
-- Takes a sent sheet back to its respondent.
-- params: org_id i64, id i64
UPDATE sheet SET sent_ms = NULL WHERE org_id = $1 AND id = $2 AND sent_ms IS NOT NULL;

-- name: sheet_erase :changes
-- Erases a draft with its answers.
-- params: org_id i64, id i64
DELETE FROM sheet WHERE org_id = $1 AND id = $2 AND sent_ms IS NULL;

-- name: sheet_cut :exec
-- Removes what a participant filled in, once it was copied to where nobody finds its author.
-- params: org_id i64, id i64
DELETE FROM sheet WHERE org_id = $1 AND id = $2 AND participant_id IS NOT NULL;

-- name: sheet_copy_cut :exec
-- Copies a draft under an id and a token that lead nowhere: no participant, a time that all have, and the
-- round's language for the respondent's.
-- params: org_id i64, id i64, new_id i64, token_hash blob, day i64, language text
INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, round_id,
                   department_id, sent_ms)
SELECT s.org_id, $3, $4, s.pack, s.pack_version, $6, CAST($5 AS BIGINT), CAST($5 AS BIGINT), s.round_id,
       s.department_id, CAST($5 AS BIGINT)
FROM sheet s WHERE s.org_id = $1 AND s.id = $2;

-- name: answer_copy_cut :exec
-- Copies a draft's answers to where sheet_copy_cut put the sheet.
-- params: org_id i64, sheet_id i64, new_id i64, day i64
INSERT INTO answer (org_id, sheet_id, vote, question, value, comment, kind, updated_ms)
SELECT a.org_id, CAST($3 AS BIGINT), a.vote, a.question, a.value, a.comment, a.kind, CAST($4 AS BIGINT)
FROM answer a WHERE a.org_id = $1 AND a.sheet_id = $2;

-- name: answer_save :exec
-- Stores one answer over the former one. A NULL value keeps the former value: leaving a question
-- without choosing does not take an answer back. One of value and comment is not NULL.
-- params: org_id i64, sheet_id i64, question text, value text?, comment text?, now_ms i64
INSERT INTO answer (org_id, sheet_id, vote, question, value, comment, updated_ms)
VALUES ($1, $2, 1, $3, $4, $5, $6)
ON CONFLICT (org_id, sheet_id, vote, question) DO UPDATE
SET value = coalesce(excluded.value, answer.value), comment = excluded.comment,
    updated_ms = excluded.updated_ms;

-- name: answer_uncomment :exec
-- Takes a comment back and keeps the answer beside it.
-- params: org_id i64, sheet_id i64, question text, now_ms i64
UPDATE answer SET comment = NULL, updated_ms = $4
WHERE org_id = $1 AND sheet_id = $2 AND vote = 1 AND question = $3;

-- name: answer_remove :exec
-- Removes an answer of which nothing is left: its comment, or all of it, was taken back.
-- params: org_id i64, sheet_id i64, question text
DELETE FROM answer WHERE org_id = $1 AND sheet_id = $2 AND vote = 1 AND question = $3;

-- name: answer_count_as :exec
-- Notes as what an item of a sheet is counted, whether it was answered or not.
-- params: org_id i64, sheet_id i64, vote i64, question text, value text?, kind i64, now_ms i64
INSERT INTO answer (org_id, sheet_id, vote, question, value, kind, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id, sheet_id, vote, question) DO UPDATE
SET value = coalesce(excluded.value, answer.value), kind = excluded.kind;

-- name: answer_cast :exec
-- Stores a vote that counts at once.
-- params: org_id i64, sheet_id i64, vote i64, question text, value text?, kind i64, now_ms i64
INSERT INTO answer (org_id, sheet_id, vote, question, value, kind, updated_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id, sheet_id, vote, question) DO UPDATE
SET value = excluded.value, kind = excluded.kind, updated_ms = excluded.updated_ms;

-- name: answer_counted :many
-- What of a sheet is counted.
-- params: org_id i64, sheet_id i64
-- returns: vote i64, question text, value text?, kind i64
-- limit: 4096
SELECT vote, question, value, kind FROM answer
WHERE org_id = $1 AND sheet_id = $2 AND kind IS NOT NULL
ORDER BY vote, question LIMIT 4096;

-- name: answer_uncount :exec
-- Notes that nothing of a sheet is counted any more; the second vote goes.
-- params: org_id i64, sheet_id i64
UPDATE answer SET kind = NULL
WHERE org_id = $1 AND sheet_id = $2 AND (value IS NOT NULL OR comment IS NOT NULL);

-- name: answer_sweep :exec
-- Removes what was only there to be counted.
-- params: org_id i64, sheet_id i64
DELETE FROM answer WHERE org_id = $1 AND sheet_id = $2 AND (vote <> 1 OR (value IS NULL AND comment IS NULL));

-- name: tally_add :exec
-- Counts one more.
-- params: org_id i64, round_id i64, vote i64, department_id i64, item text, kind i64, value text
INSERT INTO tally (org_id, round_id, vote, department_id, item, kind, value, n)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
ON CONFLICT (org_id, round_id, vote, department_id, item, kind, value) DO UPDATE SET n = tally.n + 1;

-- name: tally_take :changes
-- Counts one less.
-- params: org_id i64, round_id i64, vote i64, department_id i64, item text, kind i64, value text
UPDATE tally SET n = n - 1
WHERE org_id = $1 AND round_id = $2 AND vote = $3 AND department_id = $4 AND item = $5 AND kind = $6 AND value = $7
  AND n > 0;

-- name: tally_sweep :exec
-- Forgets what nobody answers any more.
-- params: org_id i64, round_id i64
DELETE FROM tally WHERE org_id = $1 AND round_id = $2 AND n = 0;

-- name: tally_list :many
-- Every count of a round's vote, department by department, and each with the round's mode: no reader can do without it.
-- params: org_id i64, round_id i64, vote i64
-- returns: department_id i64, name text?, item text, kind i64, value text, n i64, is_anonymous bool
-- limit: 200000
SELECT t.department_id, d.name, t.item, t.kind, t.value, t.n,
       CASE WHEN r.mode = 'anonymous' THEN 1 ELSE 0 END AS is_anonymous
FROM tally t JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id
LEFT JOIN department d ON d.org_id = t.org_id AND d.id = t.department_id
WHERE t.org_id = $1 AND t.round_id = $2 AND t.vote = $3 AND t.n > 0
ORDER BY t.department_id, t.item;

-- name: tally_sheets :many
-- How many sheets each department sent.
-- params: org_id i64, round_id i64
-- returns: department_id i64, n i64
-- limit: 1000
SELECT department_id, n FROM tally
WHERE org_id = $1 AND round_id = $2 AND vote = 1 AND item = '' AND n > 0
ORDER BY department_id LIMIT 1000;

-- name: tally_wrong :many
-- Counts that differ from what counting every answer again gives: `off` too many (or, negative, too few). Rounds of
-- which only counts are kept cannot be counted again.
-- returns: org_id i64, round_id i64, vote i64, department_id i64, item text, kind i64, value text, off i64
-- limit: 1000
-- tenant: the whole database is checked, by whoever runs the program
SELECT c.org_id, c.round_id, c.vote, c.department_id, c.item, c.kind, c.value, CAST(sum(c.n) AS BIGINT) AS off
FROM (
  SELECT t.org_id, t.round_id, t.vote, t.department_id, t.item, t.kind, t.value, t.n FROM tally t
  UNION ALL
  SELECT s.org_id, s.round_id, a.vote, coalesce(s.department_id, 0), a.question, a.kind,
         CASE WHEN a.kind = 3 THEN coalesce(a.value, '') ELSE '' END, -1
  FROM answer a JOIN sheet s ON s.org_id = a.org_id AND s.id = a.sheet_id
  WHERE a.kind IS NOT NULL AND s.round_id IS NOT NULL
  UNION ALL
  SELECT v.org_id, v.round_id, v.vote, v.department_id, '', 0, '', -1
  FROM (SELECT DISTINCT y.org_id, y.round_id, x.vote, coalesce(y.department_id, 0) AS department_id, y.id
        FROM answer x JOIN sheet y ON y.org_id = x.org_id AND y.id = x.sheet_id
        WHERE x.kind IS NOT NULL AND y.round_id IS NOT NULL) v
) c
WHERE NOT EXISTS (SELECT 1 FROM round r WHERE r.org_id = c.org_id AND r.id = c.round_id AND r.forgotten_ms IS NOT NULL)
GROUP BY c.org_id, c.round_id, c.vote, c.department_id, c.item, c.kind, c.value
HAVING sum(c.n) <> 0
ORDER BY c.org_id, c.round_id LIMIT 1000;

-- name: tally_size :one
-- How many rounds and counted sheets there are in all.
-- returns: n_rounds i64, n_sheets i64
-- tenant: the whole database is checked, by whoever runs the program
SELECT (SELECT count(*) FROM round) AS n_rounds,
       (SELECT CAST(coalesce(sum(t.n), 0) AS BIGINT) FROM tally t WHERE t.vote = 1 AND t.item = '') AS n_sheets;

-- name: agreement_set :exec
-- Notes what was agreed on for an item, over what was agreed before.
-- params: org_id i64, round_id i64, item text, value text, reason text, account_id i64?, now_ms i64
INSERT INTO agreement (org_id, round_id, item, value, reason, account_id, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (org_id, round_id, item) DO UPDATE
SET value = excluded.value, reason = excluded.reason, account_id = excluded.account_id, at_ms = excluded.at_ms;

-- name: agreement_clear :changes
-- Takes an agreement back.
-- params: org_id i64, round_id i64, item text
DELETE FROM agreement WHERE org_id = $1 AND round_id = $2 AND item = $3;

-- name: agreement_list :many
-- What was agreed on in a round.
-- params: org_id i64, round_id i64
-- returns: item text, value text, reason text, account_id i64?, at_ms i64
-- limit: 1000
SELECT item, value, reason, account_id, at_ms FROM agreement WHERE org_id = $1 AND round_id = $2
ORDER BY item LIMIT 1000;

-- name: shown_list :many
-- Rounds of a kind that may show what they counted, if it is enough; the latest opened first. Sheets are not looked at.
-- params: org_id i64, kind text, pack text, now_ms i64
-- returns: id i64, title text, threshold i64, opened_ms i64, is_closed bool, n_sent i64
-- limit: 1000
SELECT r.id, r.title, r.threshold, r.opened_ms,
       CASE WHEN r.state = 'closed' OR r.closes_ms <= $4 THEN 1 ELSE 0 END AS is_closed,
       (SELECT CAST(coalesce(sum(t.n), 0) AS BIGINT) FROM tally t
        WHERE t.org_id = r.org_id AND t.round_id = r.id AND t.vote = 1 AND t.item = '') AS n_sent
FROM round r
WHERE r.org_id = $1 AND r.kind = $2 AND r.pack = $3 AND r.opened_ms IS NOT NULL
  AND (r.state = 'closed' OR r.closes_ms <= $4
       OR (r.state = 'open' AND r.mode = 'nominative' AND (r.opens_ms IS NULL OR r.opens_ms <= $4)))
  AND NOT EXISTS (SELECT 1 FROM workshop w WHERE w.org_id = r.org_id AND w.round_id = r.id
                  AND w.state = 'open' AND w.first_vote = 1)
ORDER BY r.opened_ms DESC, r.id DESC LIMIT 1000;

-- name: compared_list :many
-- The latest closed round of each organisation that agreed to be compared, where enough people answered it.
-- params: kind text, pack text, now_ms i64
-- returns: org_id i64, id i64
-- limit: 1000
-- tenant: only of organisations that agreed to it; of what it finds, one coarse position is ever shown
SELECT s.org_id, s.id FROM (
  SELECT r.org_id, r.id, row_number() OVER (PARTITION BY r.org_id ORDER BY r.opened_ms DESC, r.id DESC) AS place
  FROM round r JOIN org o ON o.id = r.org_id
  WHERE o.benchmark = 1 AND r.kind = $1 AND r.pack = $2 AND r.opened_ms IS NOT NULL
    AND (r.state = 'closed' OR r.closes_ms <= $3)
    AND r.threshold <= (SELECT CAST(coalesce(sum(t.n), 0) AS BIGINT) FROM tally t
                        WHERE t.org_id = r.org_id AND t.round_id = r.id AND t.vote = 1 AND t.item = '')
    AND NOT EXISTS (SELECT 1 FROM workshop w WHERE w.org_id = r.org_id AND w.round_id = r.id
                    AND w.state = 'open' AND w.first_vote = 1)
) s WHERE s.place = 1 ORDER BY s.org_id LIMIT 1000;

-- name: running_list :many
-- Rounds that are open or wait for their date, the latest opened first. People are counted only where
-- all of them have personal links, of which a round has few.
-- params: org_id i64, now_ms i64
-- returns: id i64, title text, opens_ms i64?, closes_ms i64?, n_sent i64, n_invited i64
-- limit: 1000
SELECT r.id, r.title, r.opens_ms, r.closes_ms,
       (SELECT CAST(coalesce(sum(t.n), 0) AS BIGINT) FROM tally t
        WHERE t.org_id = r.org_id AND t.round_id = r.id AND t.vote = 1 AND t.item = '') AS n_sent,
       CASE WHEN r.access = 'personal' THEN
         (SELECT count(*) FROM participant p
          WHERE p.org_id = r.org_id AND p.round_id = r.id AND p.kind = 'personal'
            AND (p.revoked_ms IS NULL OR p.state = 'answered')) ELSE 0 END AS n_invited
FROM round r
WHERE r.org_id = $1 AND r.state = 'open' AND (r.closes_ms IS NULL OR r.closes_ms > $2)
ORDER BY r.opened_ms DESC, r.id DESC LIMIT 1000;

-- name: comment_list :many
-- What was written beside one item, in sheets `skip` to `skip` + `max` of a round in the order of their ids,
-- in the order of the alphabet: the same sheet is nowhere at the same place twice. Who wrote it stays known in
-- a nominative round only. SQLite, left to itself, walks all sheets of the organisation, which are in order already.
-- params: org_id i64, round_id i64, item text, skip i64, max i64, page_skip i64, page_max i64
-- returns: comment text, name text?, email text?
-- limit: 200
SELECT a.comment, p.name, p.email
FROM (SELECT y.id, y.participant_id FROM sheet y INDEXED BY sheet_by_round
      WHERE y.org_id = $1 AND y.round_id = $2 AND y.sent_ms IS NOT NULL
      ORDER BY y.id LIMIT $5 OFFSET $4) s
JOIN answer a ON a.org_id = $1 AND a.sheet_id = s.id AND a.vote = 1 AND a.question = $3
LEFT JOIN participant p ON p.org_id = $1 AND p.id = s.participant_id
WHERE a.comment IS NOT NULL
ORDER BY a.comment LIMIT $7 OFFSET $6;
-- postgres:
SELECT a.comment, p.name, p.email
FROM (SELECT y.id, y.participant_id FROM sheet y
      WHERE y.org_id = $1 AND y.round_id = $2 AND y.sent_ms IS NOT NULL
      ORDER BY y.id LIMIT $5 OFFSET $4) s
JOIN answer a ON a.org_id = $1 AND a.sheet_id = s.id AND a.vote = 1 AND a.question = $3
LEFT JOIN participant p ON p.org_id = $1 AND p.id = s.participant_id
WHERE a.comment IS NOT NULL
ORDER BY a.comment LIMIT $7 OFFSET $6;

-- name: comment_counts :many
-- How many comments each item has that has any, in the first `max` sheets of a round.
-- params: org_id i64, round_id i64, max i64
-- returns: item text, n i64
-- limit: 200
SELECT a.question AS item, count(*) AS n
FROM (SELECT y.id FROM sheet y INDEXED BY sheet_by_round
      WHERE y.org_id = $1 AND y.round_id = $2 AND y.sent_ms IS NOT NULL
      ORDER BY y.id LIMIT $3) s
JOIN answer a ON a.org_id = $1 AND a.sheet_id = s.id AND a.vote = 1
WHERE a.comment IS NOT NULL
GROUP BY a.question ORDER BY a.question LIMIT 200;
-- postgres:
SELECT a.question AS item, count(*) AS n
FROM (SELECT y.id FROM sheet y
      WHERE y.org_id = $1 AND y.round_id = $2 AND y.sent_ms IS NOT NULL
      ORDER BY y.id LIMIT $3) s
JOIN answer a ON a.org_id = $1 AND a.sheet_id = s.id AND a.vote = 1
WHERE a.comment IS NOT NULL
GROUP BY a.question ORDER BY a.question LIMIT 200;

-- name: workshop_add :changes
-- Starts the workshop of a round that has none; nothing when it has, or when the code is another's.
-- params: org_id i64, round_id i64, code text, first_vote i64, shows_names bool, started_by i64?, now_ms i64
INSERT INTO workshop (org_id, round_id, state, code, first_vote, shows_names, item, started_by, started_ms, version, news)
VALUES ($1, $2, 'open', $3, $4, $5, '', $6, $7, 1, 1)
ON CONFLICT DO NOTHING;

-- name: workshop_get :one
-- The workshop of a round.
-- params: org_id i64, round_id i64
-- returns: state text, code text, first_vote i64, shows_names bool, item text, timer_ends_ms i64?
-- returns: timer_left_ms i64?, started_ms i64, over_ms i64?, version i64, news i64
SELECT state, code, first_vote, shows_names, item, timer_ends_ms, timer_left_ms, started_ms, over_ms, version, news
FROM workshop WHERE org_id = $1 AND round_id = $2;

-- name: workshop_by_code :one
-- The open workshop of a code.
-- params: code text
-- returns: org_id i64, round_id i64
-- tenant: a code is of one open workshop; this is how the organisation is found out
SELECT org_id, round_id FROM workshop WHERE code = $1 AND state = 'open';

-- name: workshop_by_participant :one
-- The workshop of a device that is in its room, whatever became of it, or was: that one has another code since.
-- params: token_hash blob, code text
-- returns: org_id i64, round_id i64, participant_id i64
-- tenant: the hash of a 128-bit secret names one participant; this is how the organisation is found out
SELECT w.org_id, w.round_id, p.id AS participant_id
FROM participant p JOIN workshop w ON w.org_id = p.org_id AND w.round_id = p.round_id
WHERE p.token_hash = $1 AND p.kind = 'room' AND (w.code = $2 OR p.revoked_ms IS NOT NULL);

-- name: workshop_move :changes
-- Changes a workshop that nobody else changed meanwhile.
-- params: org_id i64, round_id i64, version i64, item text, timer_ends_ms i64?, timer_left_ms i64?
UPDATE workshop SET item = $4, timer_ends_ms = $5, timer_left_ms = $6, version = version + 1, news = news + 1
WHERE org_id = $1 AND round_id = $2 AND version = $3 AND state = 'open';

-- name: workshop_end :changes
-- Ends a workshop that nobody else changed meanwhile.
-- params: org_id i64, round_id i64, version i64, now_ms i64
UPDATE workshop
SET state = 'over', over_ms = $4, timer_ends_ms = NULL, timer_left_ms = NULL, version = version + 1, news = news + 1
WHERE org_id = $1 AND round_id = $2 AND version = $3 AND state = 'open';

-- name: workshop_resume :changes
-- Takes an ended workshop up again, under a new code.
-- params: org_id i64, round_id i64, version i64, code text, now_ms i64
UPDATE workshop
SET state = 'open', over_ms = NULL, code = $4, started_ms = $5, item = '', version = version + 1, news = news + 1
WHERE org_id = $1 AND round_id = $2 AND version = $3 AND state = 'over';

-- name: code_used :one
-- How many open workshops and open rounds have a code.
-- params: code text
-- returns: n i64
-- tenant: a code is of one workshop or round of the whole installation; nothing of it is read
SELECT (SELECT count(*) FROM workshop WHERE code = $1 AND state = 'open')
     + (SELECT count(*) FROM round WHERE code = $1 AND state = 'open') AS n;

-- name: workshop_news :one writes
-- Counts a vote or an arrival; which also makes everything else about the workshop wait until this is stored.
-- params: org_id i64, round_id i64
-- returns: news i64
UPDATE workshop SET news = news + 1 WHERE org_id = $1 AND round_id = $2 RETURNING news;

-- name: workshop_item_add :exec
-- Puts an item on the agenda.
-- params: org_id i64, round_id i64, item text, position i64, state text, vote i64
INSERT INTO workshop_item (org_id, round_id, item, position, state, vote) VALUES ($1, $2, $3, $4, $5, $6);

-- name: workshop_item_list :many
-- The agenda.
-- params: org_id i64, round_id i64
-- returns: item text, state text, vote i64
-- limit: 1000
SELECT item, state, vote FROM workshop_item WHERE org_id = $1 AND round_id = $2 ORDER BY position, item LIMIT 1000;

-- name: workshop_item_set :exec
-- Notes where an item stands.
-- params: org_id i64, round_id i64, item text, state text, vote i64
UPDATE workshop_item SET state = $4, vote = $5 WHERE org_id = $1 AND round_id = $2 AND item = $3;

-- name: room_count :one
-- How many are in the room, and how many of them voted on an item.
-- params: org_id i64, round_id i64, vote i64, item text
-- returns: n_people i64, n_voted i64
SELECT count(*) AS n_people, count(a.kind) AS n_voted
FROM participant p
LEFT JOIN sheet s ON s.org_id = p.org_id AND s.participant_id = p.id
LEFT JOIN answer a ON a.org_id = s.org_id AND a.sheet_id = s.id AND a.vote = $3 AND a.question = $4
WHERE p.org_id = $1 AND p.round_id = $2 AND p.kind = 'room' AND p.revoked_ms IS NULL;

-- name: room_people :many
-- Who is in the room, and whether they voted on an item.
-- params: org_id i64, round_id i64, vote i64, item text
-- returns: name text?, has_voted bool
-- limit: 1000
SELECT p.name, CASE WHEN a.kind IS NULL THEN 0 ELSE 1 END AS has_voted
FROM participant p
LEFT JOIN sheet s ON s.org_id = p.org_id AND s.participant_id = p.id
LEFT JOIN answer a ON a.org_id = s.org_id AND a.sheet_id = s.id AND a.vote = $3 AND a.question = $4
WHERE p.org_id = $1 AND p.round_id = $2 AND p.kind = 'room' AND p.revoked_ms IS NULL
ORDER BY p.name, p.id LIMIT 1000;

-- name: room_everybody :many
-- Everybody who ever was in the room, and whether a vote of theirs was kept.
-- params: org_id i64, round_id i64
-- returns: name text?, has_voted bool
-- limit: 10000
SELECT name, CASE WHEN state = 'answered' THEN 1 ELSE 0 END AS has_voted FROM participant
WHERE org_id = $1 AND round_id = $2 AND kind = 'room'
ORDER BY name, id LIMIT 10000;

-- name: room_unvoted :exec
-- Whoever is in the room and whose votes were all thrown away has voted on nothing.
-- params: org_id i64, round_id i64
UPDATE participant SET state = 'invited', answered_day = NULL
WHERE participant.org_id = $1 AND participant.round_id = $2 AND participant.kind = 'room'
  AND participant.state = 'answered' AND participant.revoked_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM sheet s
                  JOIN answer a ON a.org_id = s.org_id AND a.sheet_id = s.id
                  WHERE s.org_id = $1 AND s.participant_id = participant.id AND a.kind IS NOT NULL);

-- name: room_sheets :many
-- The sheets of the room that hold a vote on an item.
-- params: org_id i64, round_id i64, vote i64, item text
-- returns: id i64
-- limit: 10000
SELECT s.id FROM participant p
JOIN sheet s ON s.org_id = p.org_id AND s.participant_id = p.id
JOIN answer a ON a.org_id = s.org_id AND a.sheet_id = s.id AND a.vote = $3 AND a.question = $4
WHERE p.org_id = $1 AND p.round_id = $2 AND p.kind = 'room' AND p.revoked_ms IS NULL AND a.kind IS NOT NULL
ORDER BY s.id LIMIT 10000;

-- name: room_vote_get :one
-- What a sheet voted on an item.
-- params: org_id i64, sheet_id i64, vote i64, item text
-- returns: value text?, kind i64?
SELECT value, kind FROM answer WHERE org_id = $1 AND sheet_id = $2 AND vote = $3 AND question = $4;

-- name: answer_uncast :exec
-- Removes a vote that counted at once.
-- params: org_id i64, sheet_id i64, vote i64, question text
DELETE FROM answer WHERE org_id = $1 AND sheet_id = $2 AND vote = $3 AND question = $4;

-- name: room_cut :exec
-- Cuts the sheets of an anonymous room from whoever filled them in.
-- params: org_id i64, round_id i64
UPDATE sheet SET participant_id = NULL
WHERE sheet.org_id = $1 AND sheet.round_id = $2
  AND sheet.participant_id IN (SELECT p.id FROM participant p
                               WHERE p.org_id = $1 AND p.round_id = $2 AND p.kind = 'room');

-- name: room_leave :exec
-- Everybody leaves the room.
-- params: org_id i64, round_id i64, now_ms i64
UPDATE participant SET revoked_ms = $3
WHERE org_id = $1 AND round_id = $2 AND kind = 'room' AND revoked_ms IS NULL;

-- name: tally_item :many
-- The counts of one item in one vote, of all departments together, and each with the round's mode.
-- params: org_id i64, round_id i64, vote i64, item text
-- returns: kind i64, value text, n i64, is_anonymous bool
-- limit: 1000
SELECT t.kind, t.value, CAST(sum(t.n) AS BIGINT) AS n,
       CASE WHEN r.mode = 'anonymous' THEN 1 ELSE 0 END AS is_anonymous
FROM tally t JOIN round r ON r.org_id = t.org_id AND r.id = t.round_id
WHERE t.org_id = $1 AND t.round_id = $2 AND t.vote = $3 AND t.item = $4 AND t.n > 0
GROUP BY t.kind, t.value, r.mode ORDER BY t.kind, t.value LIMIT 1000;
