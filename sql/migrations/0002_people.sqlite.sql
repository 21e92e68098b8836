-- Accounts, organisations and who belongs to them. Times are UTC milliseconds since 1970. Tokens are stored as
-- hashes only; what has to be shown again is made again from the installation's secret.

ALTER TABLE org ADD COLUMN sector TEXT NOT NULL DEFAULT ''; -- its line of business, in its own words
ALTER TABLE org ADD COLUMN size TEXT NOT NULL DEFAULT ''; -- number of people as a range, "50-249"; empty when not said
ALTER TABLE org ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'Europe/Paris'; -- IANA name
ALTER TABLE org ADD COLUMN accent TEXT NOT NULL DEFAULT ''; -- its colour, "#0b5563"; empty: the product's own
ALTER TABLE org ADD COLUMN contact_url TEXT NOT NULL DEFAULT ''; -- https:// or mailto: link that its respondents see; empty: none
ALTER TABLE org ADD COLUMN benchmark INTEGER NOT NULL DEFAULT 0; -- 1: may be counted, unnamed, when organisations are compared
ALTER TABLE org ADD COLUMN updated_ms INTEGER NOT NULL DEFAULT 0; -- when its settings last changed
ALTER TABLE org ADD COLUMN logo_type TEXT NOT NULL DEFAULT ''; -- "image/png" and so on; empty when there is no logo
ALTER TABLE org ADD COLUMN logo BLOB; -- the picture; NULL when there is none

-- A person who signs in. What they may see hangs on their memberships.
CREATE TABLE account (
	id INTEGER NOT NULL,         -- given by the program
	email TEXT NOT NULL,         -- what they sign in with: in lower case, without spaces around
	name TEXT NOT NULL,          -- as they write it
	language TEXT NOT NULL,      -- "fr" or "en"
	time_zone TEXT NOT NULL,     -- IANA name, "Europe/Paris"
	password TEXT,               -- Argon2id, as libsodium writes it; NULL until they choose one
	is_admin INTEGER NOT NULL,   -- 1: may manage the accounts of this installation
	totp_secret BLOB,            -- key of the second factor; NULL when there is none
	totp_confirmed_ms INTEGER,   -- when a first code proved that the key arrived; NULL until then
	totp_step INTEGER NOT NULL,  -- the last 30-second step whose code was taken: none is taken twice
	created_ms INTEGER NOT NULL, -- when it was made
	updated_ms INTEGER NOT NULL, -- when something of it last changed
	disabled_ms INTEGER,         -- when it was closed; NULL while it may sign in
	PRIMARY KEY (id),
	UNIQUE (email)
) STRICT;

-- A browser that is signed in. Ends 8 hours after it was last used, or 7 days after it began.
CREATE TABLE session (
	id INTEGER NOT NULL,         -- given by the program; names it in the list of sessions
	account_id INTEGER NOT NULL, -- whose it is
	token_hash BLOB NOT NULL,    -- hash of the 256-bit cookie
	agent TEXT NOT NULL,         -- browser and system in a few words, to recognise it by
	created_ms INTEGER NOT NULL, -- when it began
	seen_ms INTEGER NOT NULL,    -- when it was last used, to five minutes
	PRIMARY KEY (id),
	UNIQUE (token_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX session_by_account ON session (account_id);

-- A code that stands in once for the second factor.
CREATE TABLE recovery_code (
	account_id INTEGER NOT NULL, -- whose it is
	code_hash BLOB NOT NULL,     -- hash of the code
	used_ms INTEGER,             -- when it was used; NULL while it can be
	PRIMARY KEY (account_id, code_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A link that works once: the first administrator's, or a new password's.
CREATE TABLE account_link (
	id INTEGER NOT NULL,         -- given by the program
	token_hash BLOB NOT NULL,    -- hash of the link
	kind TEXT NOT NULL,          -- "setup" or "reset"
	account_id INTEGER,          -- whose password it sets; NULL for "setup"
	created_ms INTEGER NOT NULL, -- when it was made
	expires_ms INTEGER NOT NULL, -- until when it works
	used_ms INTEGER,             -- when it was used or replaced; NULL while it works
	PRIMARY KEY (id),
	UNIQUE (token_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX account_link_by_account ON account_link (account_id);

-- A part of an organisation that respondents can be told apart by.
CREATE TABLE department (
	org_id INTEGER NOT NULL,   -- the organisation
	id INTEGER NOT NULL,       -- given by the program
	name TEXT NOT NULL,        -- as its people write it
	position INTEGER NOT NULL, -- place in lists, from 0
	PRIMARY KEY (org_id, id),
	UNIQUE (org_id, name),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

-- Who belongs to an organisation, and as what.
CREATE TABLE membership (
	org_id INTEGER NOT NULL,     -- the organisation
	account_id INTEGER NOT NULL, -- the person
	role TEXT NOT NULL,          -- "owner", "editor", "specialist", "contributor" or "viewer"
	created_ms INTEGER NOT NULL, -- when they joined
	PRIMARY KEY (org_id, account_id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership (account_id);

-- A link that lets one person join an organisation. Its token is made from the installation's secret and the id.
CREATE TABLE org_invitation (
	org_id INTEGER NOT NULL,     -- the organisation
	id INTEGER NOT NULL,         -- given by the program
	token_hash BLOB NOT NULL,    -- hash of the link
	role TEXT NOT NULL,          -- what the person will be
	label TEXT NOT NULL,         -- whom it is meant for, in the words of who made it; empty when not said
	created_by INTEGER,          -- account that made it; NULL once that account is gone
	created_ms INTEGER NOT NULL, -- when it was made
	expires_ms INTEGER NOT NULL, -- until when it works
	used_ms INTEGER,             -- when somebody joined by it; NULL until then
	revoked_ms INTEGER,          -- when it was withdrawn; NULL while it works
	PRIMARY KEY (org_id, id),
	UNIQUE (token_hash),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (created_by) REFERENCES account (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX org_invitation_by_maker ON org_invitation (created_by);

-- Who changed what, and when. Of the installation itself: in organisation 1.
CREATE TABLE audit (
	org_id INTEGER NOT NULL,   -- the organisation
	id INTEGER NOT NULL,       -- given by the program; sorts by time
	at_ms INTEGER NOT NULL,    -- when
	account_id INTEGER,        -- who did it; NULL for the command line, and once the account is gone
	who TEXT NOT NULL,         -- their name at that time
	action TEXT NOT NULL,      -- what was done, as the catalogue's English text
	object_kind TEXT NOT NULL, -- to what kind of thing
	object_id INTEGER,         -- to which one; NULL when there is no row
	before TEXT,               -- what changed, as it was: a short JSON object
	after TEXT,                -- what changed, as it became
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX audit_by_account ON audit (account_id);
