-- The action plan, on PostgreSQL. Same tables and columns as 0004_plan.sqlite.sql, which says why.

CREATE TABLE plan_action (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	owner_account BIGINT,
	owner_name TEXT COLLATE "C" NOT NULL,
	due TEXT COLLATE "C",
	status TEXT COLLATE "C" NOT NULL,
	effort TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	questions TEXT COLLATE "C" NOT NULL,
	phase TEXT COLLATE "C" NOT NULL,
	source_kind TEXT COLLATE "C" NOT NULL,
	source_id BIGINT,
	source_action TEXT COLLATE "C" NOT NULL,
	done_ms BIGINT,
	created_ms BIGINT NOT NULL,
	updated_ms BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (owner_account) REFERENCES account (id) ON DELETE SET NULL
);
COMMENT ON TABLE plan_action IS 'Something to do, adopted from the recommendations of a scorecard or written by hand.';
COMMENT ON COLUMN plan_action.org_id IS 'the organisation';
COMMENT ON COLUMN plan_action.id IS 'given by the program';
COMMENT ON COLUMN plan_action.title IS 'in one line; of an adopted one: as the pack worded it on that day';
COMMENT ON COLUMN plan_action.detail IS 'what it consists in; empty when not said';
COMMENT ON COLUMN plan_action.owner_account IS 'the member who answers for it; NULL: nobody, or somebody without account';
COMMENT ON COLUMN plan_action.owner_name IS 'their name when they were chosen, or as it was typed; empty: nobody';
COMMENT ON COLUMN plan_action.due IS 'day it should be done by, "2026-11-23"; NULL when not said';
COMMENT ON COLUMN plan_action.status IS '"todo", "doing", "done" or "dropped"';
COMMENT ON COLUMN plan_action.effort IS '"small" (two days at most), "medium" (two weeks), "large"; empty when not said';
COMMENT ON COLUMN plan_action.note IS 'what its people note on the way; empty: nothing';
COMMENT ON COLUMN plan_action.questions IS 'the pack''s questions it serves: ids with a space between; empty: none';
COMMENT ON COLUMN plan_action.phase IS 'the pack''s milestone it belongs to; empty: none';
COMMENT ON COLUMN plan_action.source_kind IS 'where it comes from: "sheet", "round"; empty: written by hand';
COMMENT ON COLUMN plan_action.source_id IS 'which sheet or round; NULL: written by hand. It may be gone since';
COMMENT ON COLUMN plan_action.source_action IS 'the pack''s id of the action adopted; empty: written by hand';
COMMENT ON COLUMN plan_action.done_ms IS 'when it was last marked as done; NULL while it is not';
COMMENT ON COLUMN plan_action.created_ms IS 'when it was added';
COMMENT ON COLUMN plan_action.updated_ms IS 'when something of it last changed';
COMMENT ON COLUMN plan_action.version IS 'counts its changes from 1: who saves says which one they saw';
CREATE UNIQUE INDEX plan_action_by_source ON plan_action (org_id, source_kind, source_id, source_action)
	WHERE source_id IS NOT NULL;
CREATE INDEX plan_action_by_owner ON plan_action (owner_account);

CREATE TABLE calendar_feed (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	created_ms BIGINT NOT NULL,
	revoked_ms BIGINT,
	PRIMARY KEY (org_id, id),
	UNIQUE (token_hash),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);
COMMENT ON TABLE calendar_feed IS 'A secret address at which a member''s calendar program reads the plan.';
COMMENT ON COLUMN calendar_feed.org_id IS 'the organisation';
COMMENT ON COLUMN calendar_feed.id IS 'given by the program';
COMMENT ON COLUMN calendar_feed.account_id IS 'the member whose it is: it shows nothing once they have left';
COMMENT ON COLUMN calendar_feed.token_hash IS 'hash of the token in the address';
COMMENT ON COLUMN calendar_feed.created_ms IS 'when it was opened';
COMMENT ON COLUMN calendar_feed.revoked_ms IS 'when it was closed; NULL while it works';
CREATE UNIQUE INDEX calendar_feed_open ON calendar_feed (org_id, account_id) WHERE revoked_ms IS NULL;
CREATE INDEX calendar_feed_by_account ON calendar_feed (account_id);
