-- The action plan of an organisation, and the addresses its calendar is read at.

-- Something to do, adopted from a scorecard's recommendations or written by hand.
CREATE TABLE plan_action (
	org_id INTEGER NOT NULL,     -- the organisation
	id INTEGER NOT NULL,         -- given by the program
	title TEXT NOT NULL,         -- in one line; of an adopted one: as the pack worded it on that day
	detail TEXT NOT NULL,        -- what it consists in; empty when not said
	owner_account INTEGER,       -- the member who answers for it; NULL: nobody, or somebody without account
	owner_name TEXT NOT NULL,    -- their name when they were chosen, or as it was typed; empty: nobody
	due TEXT,                    -- day it should be done by, "2026-11-23"; NULL when not said
	status TEXT NOT NULL,        -- "todo", "doing", "done" or "dropped"
	effort TEXT NOT NULL,        -- "small" (two days at most), "medium" (two weeks), "large"; empty when not said
	note TEXT NOT NULL,          -- what its people note on the way; empty: nothing
	questions TEXT NOT NULL,     -- the pack's questions it serves: ids with a space between; empty: none
	phase TEXT NOT NULL,         -- the pack's milestone it belongs to; empty: none
	source_kind TEXT NOT NULL,   -- where it comes from: "sheet", "round"; empty: written by hand
	source_id INTEGER,           -- which sheet or round; NULL: written by hand. It may be gone since
	source_action TEXT NOT NULL, -- the pack's id of the action adopted; empty: written by hand
	done_ms INTEGER,             -- when it was last marked as done; NULL while it is not
	created_ms INTEGER NOT NULL, -- when it was added
	updated_ms INTEGER NOT NULL, -- when something of it last changed
	version INTEGER NOT NULL,    -- counts its changes from 1: who saves says which one they saw
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (owner_account) REFERENCES account (id) ON DELETE SET NULL
) STRICT;
-- The same recommendation of the same source is adopted once.
CREATE UNIQUE INDEX plan_action_by_source ON plan_action (org_id, source_kind, source_id, source_action)
	WHERE source_id IS NOT NULL;
CREATE INDEX plan_action_by_owner ON plan_action (owner_account);

-- A secret address at which a member's calendar program reads the plan. Its token is made from the
-- installation's secret and the id.
CREATE TABLE calendar_feed (
	org_id INTEGER NOT NULL,     -- the organisation
	id INTEGER NOT NULL,         -- given by the program
	account_id INTEGER NOT NULL, -- the member whose it is: it shows nothing once they have left
	token_hash BLOB NOT NULL,    -- hash of the token in the address
	created_ms INTEGER NOT NULL, -- when it was opened
	revoked_ms INTEGER,          -- when it was closed; NULL while it works
	PRIMARY KEY (org_id, id),
	UNIQUE (token_hash),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;
-- One open address per member.
CREATE UNIQUE INDEX calendar_feed_open ON calendar_feed (org_id, account_id) WHERE revoked_ms IS NULL;
CREATE INDEX calendar_feed_by_account ON calendar_feed (account_id);
