-- The scorecard: sheets filled in by people without an account, their answers, and shared results.
-- Keys are (org_id, id), so that all rows of an organisation can live, move and be claimed together.
-- Times are UTC milliseconds since 1970. Tokens are stored as hashes only.

-- Secrets and settings of this installation, made when it first starts.
CREATE TABLE instance (
	name TEXT NOT NULL PRIMARY KEY, -- what it is, "csrf_key"
	value BLOB NOT NULL             -- its bytes
) STRICT;

-- An organisation. Row 1 is the public space: it holds the sheets that nobody has claimed.
CREATE TABLE org (
	id INTEGER NOT NULL PRIMARY KEY, -- given by the program
	name TEXT NOT NULL,              -- as its people write it
	created_ms INTEGER NOT NULL      -- when it was made
) STRICT;

-- One respondent's sheet. Nothing in it says who the respondent is.
CREATE TABLE sheet (
	org_id INTEGER NOT NULL REFERENCES org (id) ON UPDATE CASCADE, -- whose it is; 1 while unclaimed
	id INTEGER NOT NULL,                                           -- given by the program
	token_hash BLOB NOT NULL UNIQUE,                               -- hash of the respondent's link
	pack TEXT NOT NULL,                                            -- name of the content pack asked
	pack_version INTEGER NOT NULL,                                 -- and its version
	language TEXT NOT NULL,                                        -- language last used, "fr"
	created_ms INTEGER NOT NULL,                                   -- when it was begun
	updated_ms INTEGER NOT NULL,                                   -- when an answer was last stored
	finished_ms INTEGER,                                           -- when it was sent; NULL until then
	PRIMARY KEY (org_id, id)
) STRICT;

-- One answer of a sheet. Clustered by its key: a sheet's answers are read together.
CREATE TABLE answer (
	org_id INTEGER NOT NULL,     -- the sheet's
	sheet_id INTEGER NOT NULL,   -- the sheet's
	question TEXT NOT NULL,      -- the question's name in the pack
	value TEXT,                  -- the choice's name in the pack; NULL when only commented
	comment TEXT,                -- what the respondent wrote beside it; NULL when nothing
	updated_ms INTEGER NOT NULL, -- when it was last stored
	PRIMARY KEY (org_id, sheet_id, question),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (value IS NOT NULL OR comment IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- A link that shows a sheet's result only. It can be closed and is then kept, to answer "closed".
CREATE TABLE share (
	org_id INTEGER NOT NULL,         -- the sheet's
	id INTEGER NOT NULL,             -- given by the program
	sheet_id INTEGER NOT NULL,       -- the sheet it shows
	token_hash BLOB NOT NULL UNIQUE, -- hash of the link
	created_ms INTEGER NOT NULL,     -- when it was opened
	revoked_ms INTEGER,              -- when it was closed; NULL while open
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;
CREATE INDEX share_by_sheet ON share (org_id, sheet_id);

INSERT INTO org (id, name, created_ms) VALUES (1, 'Public', CAST(strftime('%s', 'now') AS INTEGER) * 1000);
