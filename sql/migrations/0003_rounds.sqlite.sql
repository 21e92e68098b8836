-- Rounds: several people fill in the same questions, and what they answer is counted as it arrives.
-- A sheet may belong to a round. Tables that get a foreign key are made anew, since SQLite cannot add one;
-- children are dropped before their parents, whose deletion would take them along.

-- A round of rating: who is asked what, when, and what respondents were promised.
CREATE TABLE round (
	org_id INTEGER NOT NULL REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE, -- whose it is
	id INTEGER NOT NULL,                -- given by the program
	kind TEXT NOT NULL,                 -- what is rated: "scorecard"
	token_hash BLOB NOT NULL UNIQUE,    -- hash of the public link
	title TEXT NOT NULL,                -- as the organisation calls it
	pack TEXT NOT NULL,                 -- name of the content pack asked
	pack_version INTEGER NOT NULL,      -- and its version
	state TEXT NOT NULL,                -- "draft", "open" or "closed"; the dates below may say more
	mode TEXT NOT NULL,                 -- "nominative" or "anonymous"; frozen at opening
	access TEXT NOT NULL,               -- who may answer: "public", "personal" links or "both"
	threshold INTEGER NOT NULL,         -- groups of fewer respondents are never shown
	asks_department INTEGER NOT NULL,   -- whether respondents are asked for their department
	shows_result INTEGER NOT NULL,      -- whether a respondent who sent sees the own result
	language TEXT NOT NULL,             -- of the invitations, "fr"
	controller TEXT NOT NULL,           -- notice: who is responsible for the data; empty until written
	contact TEXT NOT NULL,              -- notice: whom to ask
	purpose TEXT NOT NULL,              -- notice: what the answers are for
	retention TEXT NOT NULL,            -- notice: how long they are kept
	opens_ms INTEGER,                   -- opens by itself then; NULL: when it is opened
	closes_ms INTEGER,                  -- closes by itself then; NULL: when it is closed
	opened_ms INTEGER,                  -- when it was first opened; NULL: never
	closed_ms INTEGER,                  -- when it was closed by hand; NULL: not
	created_by INTEGER REFERENCES account (id) ON DELETE SET NULL, -- who made it; NULL: gone
	created_ms INTEGER NOT NULL,        -- when it was made
	updated_ms INTEGER NOT NULL,        -- when it was last changed
	version INTEGER NOT NULL,           -- counts changes, so that two editors notice one another
	PRIMARY KEY (org_id, id),
	CHECK (state IN ('draft', 'open', 'closed')),
	CHECK (mode IN ('nominative', 'anonymous')),
	CHECK (access IN ('public', 'personal', 'both')),
	CHECK (threshold >= 3)
) STRICT;
CREATE INDEX round_by_maker ON round (created_by);

-- Someone who may answer in a round: invited by a personal link, or come by the public one.
CREATE TABLE participant (
	org_id INTEGER NOT NULL,         -- the round's
	id INTEGER NOT NULL,             -- given by the program
	round_id INTEGER NOT NULL,       -- the round
	kind TEXT NOT NULL,              -- "personal" (invited), "device" (public link) or "room" (workshop)
	token_hash BLOB NOT NULL UNIQUE, -- hash of the personal link, or of the device's cookie
	name TEXT,                       -- as the organiser or the respondent wrote it; NULL: not known
	email TEXT,                      -- where to write to; NULL: not known
	department_id INTEGER,           -- the department; NULL: not known
	language TEXT,                   -- of the invitation; NULL: the round's
	state TEXT NOT NULL,             -- "invited", "begun" or "answered"
	created_ms INTEGER NOT NULL,     -- when the row was made
	invited_ms INTEGER,              -- when the invitation was sent by mail; NULL: never
	reminded_ms INTEGER,             -- when a reminder was last sent by mail; NULL: never
	answered_day INTEGER,            -- day of sending, at 0:00 UTC; NULL until then
	revoked_ms INTEGER,              -- when the link was closed; NULL while it is open
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (org_id, department_id) REFERENCES department (org_id, id) ON UPDATE CASCADE,
	CHECK (state IN ('invited', 'begun', 'answered'))
) STRICT;
CREATE INDEX participant_by_round ON participant (org_id, round_id);

-- How many sheets gave an answer: kept in the transaction that sends a sheet, so that a result costs the
-- same whatever the number of sheets. Made again by `jalon doctor`.
CREATE TABLE tally (
	org_id INTEGER NOT NULL,        -- the round's
	round_id INTEGER NOT NULL,      -- the round
	vote INTEGER NOT NULL,          -- 1, or 2 for the second vote of a workshop
	department_id INTEGER NOT NULL, -- of the respondents; 0: none
	item TEXT NOT NULL,             -- what was rated; empty: the sheets themselves
	kind INTEGER NOT NULL,          -- what was done with it, enum tally_kind of domain/consolidate.h
	value TEXT NOT NULL,            -- the answer; empty where the kind has none
	n INTEGER NOT NULL,             -- how many sheets
	PRIMARY KEY (org_id, round_id, vote, department_id, item, kind, value),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (n >= 0)
) STRICT, WITHOUT ROWID;

-- What a group agreed on, beside what each of them answered.
CREATE TABLE agreement (
	org_id INTEGER NOT NULL,   -- the round's
	round_id INTEGER NOT NULL, -- the round
	item TEXT NOT NULL,        -- what it is about
	value TEXT NOT NULL,       -- the answer agreed on
	reason TEXT NOT NULL,      -- why, in their words
	account_id INTEGER REFERENCES account (id) ON DELETE SET NULL, -- who noted it; NULL: gone
	at_ms INTEGER NOT NULL,    -- when
	PRIMARY KEY (org_id, round_id, item),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_by_maker ON agreement (account_id);

-- One respondent's sheet. Without row numbers, which would tell in which order anonymous sheets came.
CREATE TABLE sheet_new (
	org_id INTEGER NOT NULL REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE, -- whose; 1: unclaimed
	id INTEGER NOT NULL,             -- given by the program; random when anonymous
	token_hash BLOB NOT NULL UNIQUE, -- hash of the respondent's link
	pack TEXT NOT NULL,              -- name of the content pack asked
	pack_version INTEGER NOT NULL,   -- and its version
	language TEXT NOT NULL,          -- language last used, "fr"
	created_ms INTEGER NOT NULL,     -- when it was begun; the day the round was opened when anonymous
	updated_ms INTEGER NOT NULL,     -- when an answer was last stored; the day the round was opened when anonymous
	finished_ms INTEGER,             -- when the result was asked for; NULL until then, and in a round
	round_id INTEGER,                -- the round it answers; NULL: none
	participant_id INTEGER,          -- who fills it in; NULL outside rounds and once anonymous
	department_id INTEGER,           -- the respondent's department; NULL: none
	sent_ms INTEGER,                 -- when it was sent to the round; NULL until then; the day the round was opened when anonymous
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (org_id, participant_id) REFERENCES participant (org_id, id)
		ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (org_id, department_id) REFERENCES department (org_id, id) ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO sheet_new (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, finished_ms)
SELECT org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms, finished_ms FROM sheet;

-- One answer of a sheet. Clustered by its key: a sheet's answers are read together.
CREATE TABLE answer_new (
	org_id INTEGER NOT NULL,         -- the sheet's
	sheet_id INTEGER NOT NULL,       -- the sheet's
	vote INTEGER NOT NULL DEFAULT 1, -- 1, or 2 for the second vote: the first is kept
	question TEXT NOT NULL,          -- the question's name in the pack
	value TEXT,                      -- the choice's name in the pack; NULL when none was made
	comment TEXT,                    -- what the respondent wrote beside it; NULL when nothing
	kind INTEGER,                    -- as what it is counted in tally; NULL while it is not
	updated_ms INTEGER NOT NULL,     -- when it was last stored; the day the round was opened when anonymous
	PRIMARY KEY (org_id, sheet_id, vote, question),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet_new (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (value IS NOT NULL OR comment IS NOT NULL OR kind IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_new (org_id, sheet_id, question, value, comment, updated_ms)
SELECT org_id, sheet_id, question, value, comment, updated_ms FROM answer;

-- A link that shows a sheet's result only. It can be closed and is then kept, to answer "closed".
CREATE TABLE share_new (
	org_id INTEGER NOT NULL,         -- the sheet's
	id INTEGER NOT NULL,             -- given by the program
	sheet_id INTEGER NOT NULL,       -- the sheet it shows
	token_hash BLOB NOT NULL UNIQUE, -- hash of the link
	created_ms INTEGER NOT NULL,     -- when it was opened
	revoked_ms INTEGER,              -- when it was closed; NULL while open
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet_new (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
INSERT INTO share_new (org_id, id, sheet_id, token_hash, created_ms, revoked_ms)
SELECT org_id, id, sheet_id, token_hash, created_ms, revoked_ms FROM share;

DROP TABLE share;
DROP TABLE answer;
DROP TABLE sheet;
ALTER TABLE sheet_new RENAME TO sheet;
ALTER TABLE answer_new RENAME TO answer;
ALTER TABLE share_new RENAME TO share;
CREATE INDEX share_by_sheet ON share (org_id, sheet_id);
CREATE INDEX sheet_by_round ON sheet (org_id, round_id) WHERE round_id IS NOT NULL;
CREATE INDEX sheet_by_participant ON sheet (org_id, participant_id) WHERE participant_id IS NOT NULL;
