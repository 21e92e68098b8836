-- Rounds, on PostgreSQL. Same tables and columns as 0003_rounds.sqlite.sql, which says why.

CREATE TABLE round (
	org_id BIGINT NOT NULL REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	id BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	token_hash BYTEA NOT NULL UNIQUE,
	title TEXT COLLATE "C" NOT NULL,
	pack TEXT COLLATE "C" NOT NULL,
	pack_version BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	mode TEXT COLLATE "C" NOT NULL,
	access TEXT COLLATE "C" NOT NULL,
	threshold BIGINT NOT NULL,
	asks_department BIGINT NOT NULL,
	shows_result BIGINT NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	controller TEXT COLLATE "C" NOT NULL,
	contact TEXT COLLATE "C" NOT NULL,
	purpose TEXT COLLATE "C" NOT NULL,
	retention TEXT COLLATE "C" NOT NULL,
	opens_ms BIGINT,
	closes_ms BIGINT,
	opened_ms BIGINT,
	closed_ms BIGINT,
	created_by BIGINT REFERENCES account (id) ON DELETE SET NULL,
	created_ms BIGINT NOT NULL,
	updated_ms BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (org_id, id),
	CHECK (state IN ('draft', 'open', 'closed')),
	CHECK (mode IN ('nominative', 'anonymous')),
	CHECK (access IN ('public', 'personal', 'both')),
	CHECK (threshold >= 3)
);
COMMENT ON TABLE round IS 'A round of rating: who is asked what, when, and what respondents were promised.';
COMMENT ON COLUMN round.org_id IS 'whose it is';
COMMENT ON COLUMN round.id IS 'given by the program';
COMMENT ON COLUMN round.kind IS 'what is rated: "scorecard"';
COMMENT ON COLUMN round.token_hash IS 'hash of the public link';
COMMENT ON COLUMN round.title IS 'as the organisation calls it';
COMMENT ON COLUMN round.pack IS 'name of the content pack asked';
COMMENT ON COLUMN round.pack_version IS 'and its version';
COMMENT ON COLUMN round.state IS '"draft", "open" or "closed"; the dates below may say more';
COMMENT ON COLUMN round.mode IS '"nominative" or "anonymous"; frozen at opening';
COMMENT ON COLUMN round.access IS 'who may answer: "public", "personal" links or "both"';
COMMENT ON COLUMN round.threshold IS 'groups of fewer respondents are never shown';
COMMENT ON COLUMN round.asks_department IS 'whether respondents are asked for their department';
COMMENT ON COLUMN round.shows_result IS 'whether a respondent who sent sees the own result';
COMMENT ON COLUMN round.language IS 'of the invitations, "fr"';
COMMENT ON COLUMN round.controller IS 'notice: who is responsible for the data; empty until written';
COMMENT ON COLUMN round.contact IS 'notice: whom to ask';
COMMENT ON COLUMN round.purpose IS 'notice: what the answers are for';
COMMENT ON COLUMN round.retention IS 'notice: how long they are kept';
COMMENT ON COLUMN round.opens_ms IS 'opens by itself then; NULL: when it is opened';
COMMENT ON COLUMN round.closes_ms IS 'closes by itself then; NULL: when it is closed';
COMMENT ON COLUMN round.opened_ms IS 'when it was first opened; NULL: never';
COMMENT ON COLUMN round.closed_ms IS 'when it was closed by hand; NULL: not';
COMMENT ON COLUMN round.created_by IS 'who made it; NULL: gone';
COMMENT ON COLUMN round.created_ms IS 'when it was made';
COMMENT ON COLUMN round.updated_ms IS 'when it was last changed';
COMMENT ON COLUMN round.version IS 'counts changes, so that two editors notice one another';
CREATE INDEX round_by_maker ON round (created_by);

CREATE TABLE participant (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	token_hash BYTEA NOT NULL UNIQUE,
	name TEXT COLLATE "C",
	email TEXT COLLATE "C",
	department_id BIGINT,
	language TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL,
	created_ms BIGINT NOT NULL,
	invited_ms BIGINT,
	reminded_ms BIGINT,
	answered_day BIGINT,
	revoked_ms BIGINT,
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (org_id, department_id) REFERENCES department (org_id, id) ON UPDATE CASCADE,
	CHECK (state IN ('invited', 'begun', 'answered'))
);
COMMENT ON TABLE participant IS 'Someone who may answer in a round: invited by a personal link, or come by the public one.';
COMMENT ON COLUMN participant.org_id IS 'the round''s';
COMMENT ON COLUMN participant.id IS 'given by the program';
COMMENT ON COLUMN participant.round_id IS 'the round';
COMMENT ON COLUMN participant.kind IS '"personal" (invited), "device" (public link) or "room" (workshop)';
COMMENT ON COLUMN participant.token_hash IS 'hash of the personal link, or of the device''s cookie';
COMMENT ON COLUMN participant.name IS 'as the organiser or the respondent wrote it; NULL: not known';
COMMENT ON COLUMN participant.email IS 'where to write to; NULL: not known';
COMMENT ON COLUMN participant.department_id IS 'the department; NULL: not known';
COMMENT ON COLUMN participant.language IS 'of the invitation; NULL: the round''s';
COMMENT ON COLUMN participant.state IS '"invited", "begun" or "answered"';
COMMENT ON COLUMN participant.created_ms IS 'when the row was made';
COMMENT ON COLUMN participant.invited_ms IS 'when the invitation was sent by mail; NULL: never';
COMMENT ON COLUMN participant.reminded_ms IS 'when a reminder was last sent by mail; NULL: never';
COMMENT ON COLUMN participant.answered_day IS 'day of sending, at 0:00 UTC; NULL until then';
COMMENT ON COLUMN participant.revoked_ms IS 'when the link was closed; NULL while it is open';
CREATE INDEX participant_by_round ON participant (org_id, round_id);

CREATE TABLE tally (
	org_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	vote BIGINT NOT NULL,
	department_id BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	kind BIGINT NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (org_id, round_id, vote, department_id, item, kind, value),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (n >= 0)
);
COMMENT ON TABLE tally IS 'How many sheets gave an answer: kept in the transaction that sends a sheet, so that a result costs the same whatever the number of sheets. Made again by `jalon doctor`.';
COMMENT ON COLUMN tally.org_id IS 'the round''s';
COMMENT ON COLUMN tally.round_id IS 'the round';
COMMENT ON COLUMN tally.vote IS '1, or 2 for the second vote of a workshop';
COMMENT ON COLUMN tally.department_id IS 'of the respondents; 0: none';
COMMENT ON COLUMN tally.item IS 'what was rated; empty: the sheets themselves';
COMMENT ON COLUMN tally.kind IS 'what was done with it, enum tally_kind of domain/consolidate.h';
COMMENT ON COLUMN tally.value IS 'the answer; empty where the kind has none';
COMMENT ON COLUMN tally.n IS 'how many sheets';

CREATE TABLE agreement (
	org_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	account_id BIGINT REFERENCES account (id) ON DELETE SET NULL,
	at_ms BIGINT NOT NULL,
	PRIMARY KEY (org_id, round_id, item),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE agreement IS 'What a group agreed on, beside what each of them answered.';
COMMENT ON COLUMN agreement.org_id IS 'the round''s';
COMMENT ON COLUMN agreement.round_id IS 'the round';
COMMENT ON COLUMN agreement.item IS 'what it is about';
COMMENT ON COLUMN agreement.value IS 'the answer agreed on';
COMMENT ON COLUMN agreement.reason IS 'why, in their words';
COMMENT ON COLUMN agreement.account_id IS 'who noted it; NULL: gone';
COMMENT ON COLUMN agreement.at_ms IS 'when';
CREATE INDEX agreement_by_maker ON agreement (account_id);

ALTER TABLE sheet
	DROP CONSTRAINT sheet_org_id_fkey,
	ADD FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	ADD COLUMN round_id BIGINT,
	ADD COLUMN participant_id BIGINT,
	ADD COLUMN department_id BIGINT,
	ADD COLUMN sent_ms BIGINT,
	ADD FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	ADD FOREIGN KEY (org_id, participant_id) REFERENCES participant (org_id, id)
		ON UPDATE CASCADE ON DELETE CASCADE,
	ADD FOREIGN KEY (org_id, department_id) REFERENCES department (org_id, id) ON UPDATE CASCADE;
COMMENT ON TABLE sheet IS 'One respondent''s sheet, alone or in a round.';
COMMENT ON COLUMN sheet.id IS 'given by the program; random when anonymous';
COMMENT ON COLUMN sheet.created_ms IS 'when it was begun; the day the round was opened when anonymous';
COMMENT ON COLUMN sheet.updated_ms IS 'when an answer was last stored; the day the round was opened when anonymous';
COMMENT ON COLUMN sheet.finished_ms IS 'when the result was asked for; NULL until then, and in a round';
COMMENT ON COLUMN sheet.round_id IS 'the round it answers; NULL: none';
COMMENT ON COLUMN sheet.participant_id IS 'who fills it in; NULL outside rounds and once anonymous';
COMMENT ON COLUMN sheet.department_id IS 'the respondent''s department; NULL: none';
COMMENT ON COLUMN sheet.sent_ms IS 'when it was sent to the round; NULL until then; the day the round was opened when anonymous';
CREATE INDEX sheet_by_round ON sheet (org_id, round_id) WHERE round_id IS NOT NULL;
CREATE INDEX sheet_by_participant ON sheet (org_id, participant_id) WHERE participant_id IS NOT NULL;

ALTER TABLE answer
	ADD COLUMN vote BIGINT NOT NULL DEFAULT 1,
	ADD COLUMN kind BIGINT,
	DROP CONSTRAINT answer_check,
	DROP CONSTRAINT answer_pkey,
	ADD PRIMARY KEY (org_id, sheet_id, vote, question),
	ADD CHECK (value IS NOT NULL OR comment IS NOT NULL OR kind IS NOT NULL);
COMMENT ON COLUMN answer.vote IS '1, or 2 for the second vote: the first is kept';
COMMENT ON COLUMN answer.value IS 'the choice''s name in the pack; NULL when none was made';
COMMENT ON COLUMN answer.kind IS 'as what it is counted in tally; NULL while it is not';
COMMENT ON COLUMN answer.updated_ms IS 'when it was last stored; the day the round was opened when anonymous';
