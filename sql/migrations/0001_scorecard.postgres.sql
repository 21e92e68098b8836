-- The scorecard, on PostgreSQL. Same tables and columns as 0001_scorecard.sqlite.sql, which says why.

CREATE TABLE instance (
	name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
	value BYTEA NOT NULL
);
COMMENT ON TABLE instance IS 'Secrets and settings of this installation, made when it first starts.';
COMMENT ON COLUMN instance.name IS 'what it is, "csrf_key"';
COMMENT ON COLUMN instance.value IS 'its bytes';

CREATE TABLE org (
	id BIGINT NOT NULL PRIMARY KEY,
	name TEXT COLLATE "C" NOT NULL,
	created_ms BIGINT NOT NULL
);
COMMENT ON TABLE org IS 'An organisation. Row 1 is the public space: it holds the sheets that nobody has claimed.';
COMMENT ON COLUMN org.id IS 'given by the program';
COMMENT ON COLUMN org.name IS 'as its people write it';
COMMENT ON COLUMN org.created_ms IS 'when it was made';

CREATE TABLE sheet (
	org_id BIGINT NOT NULL REFERENCES org (id) ON UPDATE CASCADE,
	id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL UNIQUE,
	pack TEXT COLLATE "C" NOT NULL,
	pack_version BIGINT NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	created_ms BIGINT NOT NULL,
	updated_ms BIGINT NOT NULL,
	finished_ms BIGINT,
	PRIMARY KEY (org_id, id)
);
COMMENT ON TABLE sheet IS 'One respondent''s sheet. Nothing in it says who the respondent is.';
COMMENT ON COLUMN sheet.org_id IS 'whose it is; 1 while unclaimed';
COMMENT ON COLUMN sheet.id IS 'given by the program';
COMMENT ON COLUMN sheet.token_hash IS 'hash of the respondent''s link';
COMMENT ON COLUMN sheet.pack IS 'name of the content pack asked';
COMMENT ON COLUMN sheet.pack_version IS 'and its version';
COMMENT ON COLUMN sheet.language IS 'language last used, "fr"';
COMMENT ON COLUMN sheet.created_ms IS 'when it was begun';
COMMENT ON COLUMN sheet.updated_ms IS 'when an answer was last stored';
COMMENT ON COLUMN sheet.finished_ms IS 'when it was sent; NULL until then';

CREATE TABLE answer (
	org_id BIGINT NOT NULL,
	sheet_id BIGINT NOT NULL,
	question TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C",
	comment TEXT COLLATE "C",
	updated_ms BIGINT NOT NULL,
	PRIMARY KEY (org_id, sheet_id, question),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (value IS NOT NULL OR comment IS NOT NULL)
);
COMMENT ON TABLE answer IS 'One answer of a sheet.';
COMMENT ON COLUMN answer.org_id IS 'the sheet''s';
COMMENT ON COLUMN answer.sheet_id IS 'the sheet''s';
COMMENT ON COLUMN answer.question IS 'the question''s name in the pack';
COMMENT ON COLUMN answer.value IS 'the choice''s name in the pack; NULL when only commented';
COMMENT ON COLUMN answer.comment IS 'what the respondent wrote beside it; NULL when nothing';
COMMENT ON COLUMN answer.updated_ms IS 'when it was last stored';

CREATE TABLE share (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	sheet_id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL UNIQUE,
	created_ms BIGINT NOT NULL,
	revoked_ms BIGINT,
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id, sheet_id) REFERENCES sheet (org_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE share IS 'A link that shows a sheet''s result only. It can be closed and is then kept, to answer "closed".';
COMMENT ON COLUMN share.org_id IS 'the sheet''s';
COMMENT ON COLUMN share.id IS 'given by the program';
COMMENT ON COLUMN share.sheet_id IS 'the sheet it shows';
COMMENT ON COLUMN share.token_hash IS 'hash of the link';
COMMENT ON COLUMN share.created_ms IS 'when it was opened';
COMMENT ON COLUMN share.revoked_ms IS 'when it was closed; NULL while open';
CREATE INDEX share_by_sheet ON share (org_id, sheet_id);

INSERT INTO org (id, name, created_ms) VALUES (1, 'Public', CAST(extract(epoch FROM now()) AS BIGINT) * 1000);
