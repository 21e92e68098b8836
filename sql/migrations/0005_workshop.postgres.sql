-- Workshops: a group settles the items of a round together, live.

CREATE TABLE workshop (
	org_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	first_vote BIGINT NOT NULL,
	shows_names BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	timer_ends_ms BIGINT,
	timer_left_ms BIGINT,
	started_by BIGINT REFERENCES account (id) ON DELETE SET NULL,
	started_ms BIGINT NOT NULL,
	over_ms BIGINT,
	version BIGINT NOT NULL,
	news BIGINT NOT NULL,
	PRIMARY KEY (org_id, round_id),
	FOREIGN KEY (org_id, round_id) REFERENCES round (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('open', 'over')),
	CHECK (first_vote IN (1, 2)),
	CHECK (timer_ends_ms IS NULL OR timer_left_ms IS NULL)
);
COMMENT ON TABLE workshop IS 'The workshop of a round. A round has one: it can be ended, and taken up again for what was left.';
COMMENT ON COLUMN workshop.org_id IS 'the round''s';
COMMENT ON COLUMN workshop.round_id IS 'the round';
COMMENT ON COLUMN workshop.state IS '"open" or "over"';
COMMENT ON COLUMN workshop.code IS 'what participants type; of one open workshop at a time';
COMMENT ON COLUMN workshop.first_vote IS 'the first vote given live: 1, or 2 when the round had answers already';
COMMENT ON COLUMN workshop.shows_names IS 'whether the facilitator sees who has voted; nominative rounds only';
COMMENT ON COLUMN workshop.item IS 'what is being talked about; empty: nothing';
COMMENT ON COLUMN workshop.timer_ends_ms IS 'when the running timer is at zero; NULL: none runs';
COMMENT ON COLUMN workshop.timer_left_ms IS 'what was left when it was paused; NULL: it is not';
COMMENT ON COLUMN workshop.started_by IS 'who started it; NULL: gone';
COMMENT ON COLUMN workshop.started_ms IS 'when it was started, or last taken up again';
COMMENT ON COLUMN workshop.over_ms IS 'when it was ended; NULL while it is open';
COMMENT ON COLUMN workshop.version IS 'counts what facilitators change, so that two notice one another';
COMMENT ON COLUMN workshop.news IS 'counts these, votes and arrivals: what the facilitator''s page is told';
CREATE UNIQUE INDEX workshop_by_code ON workshop (code) WHERE state = 'open';
CREATE INDEX workshop_by_starter ON workshop (started_by);

CREATE TABLE workshop_item (
	org_id BIGINT NOT NULL,
	round_id BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	vote BIGINT NOT NULL,
	PRIMARY KEY (org_id, round_id, item),
	FOREIGN KEY (org_id, round_id) REFERENCES workshop (org_id, round_id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('waiting', 'voting', 'revealed', 'agreed', 'skipped')),
	CHECK (vote IN (0, 1, 2))
);
COMMENT ON TABLE workshop_item IS 'The agenda: every item of the round, in the order that was chosen at the start.';
COMMENT ON COLUMN workshop_item.org_id IS 'the workshop''s';
COMMENT ON COLUMN workshop_item.round_id IS 'the workshop''s';
COMMENT ON COLUMN workshop_item.item IS 'what is rated';
COMMENT ON COLUMN workshop_item.position IS 'from 0';
COMMENT ON COLUMN workshop_item.state IS '"waiting", "voting", "revealed", "agreed" or "skipped"';
COMMENT ON COLUMN workshop_item.vote IS 'the last vote that was opened, or answered before the workshop; 0: none';

CREATE INDEX participant_in_room ON participant (org_id, round_id) WHERE kind = 'room';
