-- Workshops: a group settles the items of a round together, live.

-- The workshop of a round. A round has one: it can be ended, and taken up again for what was left.
CREATE TABLE workshop (
	org_id INTEGER NOT NULL,      -- the round's
	round_id INTEGER NOT NULL,    -- the round
	state TEXT NOT NULL,          -- "open" or "over"
	code TEXT NOT NULL,           -- what participants type; of one open workshop at a time
	first_vote INTEGER NOT NULL,  -- the first vote given live: 1, or 2 when the round had answers already
	shows_names INTEGER NOT NULL, -- whether the facilitator sees who has voted; nominative rounds only
	item TEXT NOT NULL,           -- what is being talked about; empty: nothing
	timer_ends_ms INTEGER,        -- when the running timer is at zero; NULL: none runs
	timer_left_ms INTEGER,        -- what was left when it was paused; NULL: it is not
	started_by INTEGER REFERENCES account (id) ON DELETE SET NULL, -- who started it; NULL: gone
	started_ms INTEGER NOT NULL,  -- when it was started, or last taken up again
	over_ms INTEGER,              -- when it was ended; NULL while it is open
	version INTEGER NOT NULL,     -- counts what facilitators change, so that two notice one another
	news INTEGER NOT NULL,        -- counts these, votes and arrivals: what the facilitator's page is told
	PRIMARY KEY (org_id, round_id),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('open', 'over')),
	CHECK (first_vote IN (1, 2)),
	CHECK (timer_ends_ms IS NULL OR timer_left_ms IS NULL)
) STRICT;
CREATE UNIQUE INDEX workshop_by_code ON workshop (code) WHERE state = 'open';
CREATE INDEX workshop_by_starter ON workshop (started_by);

-- The agenda: every item of the round, in the order that was chosen at the start.
CREATE TABLE workshop_item (
	org_id INTEGER NOT NULL,   -- the workshop's
	round_id INTEGER NOT NULL, -- the workshop's
	item TEXT NOT NULL,        -- what is rated
	position INTEGER NOT NULL, -- from 0
	state TEXT NOT NULL,       -- "waiting", "voting", "revealed", "agreed" or "skipped"
	vote INTEGER NOT NULL,     -- the last vote that was opened, or answered before the workshop; 0: none
	PRIMARY KEY (org_id, round_id, item),
	FOREIGN KEY (org_id, round_id) REFERENCES workshop (org_id, round_id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('waiting', 'voting', 'revealed', 'agreed', 'skipped')),
	CHECK (vote IN (0, 1, 2))
) STRICT, WITHOUT ROWID;

-- Who is in the room is counted at every vote, whatever the number of other respondents.
CREATE INDEX participant_in_room ON participant (org_id, round_id) WHERE kind = 'room';
