-- Accounts and organisations, on PostgreSQL. Same tables and columns as 0002_people.sqlite.sql, which says why.

ALTER TABLE org ADD COLUMN sector TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN org.sector IS 'its line of business, in its own words';
ALTER TABLE org ADD COLUMN size TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN org.size IS 'number of people as a range, "50-249"; empty when not said';
ALTER TABLE org ADD COLUMN time_zone TEXT COLLATE "C" NOT NULL DEFAULT 'Europe/Paris';
COMMENT ON COLUMN org.time_zone IS 'IANA name';
ALTER TABLE org ADD COLUMN accent TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN org.accent IS 'its colour, "#0b5563"; empty: the products own';
ALTER TABLE org ADD COLUMN contact_url TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN org.contact_url IS 'https:// or mailto: link that its respondents see; empty: none';
ALTER TABLE org ADD COLUMN benchmark BIGINT NOT NULL DEFAULT 0;
COMMENT ON COLUMN org.benchmark IS '1: may be counted, unnamed, when organisations are compared';
ALTER TABLE org ADD COLUMN updated_ms BIGINT NOT NULL DEFAULT 0;
COMMENT ON COLUMN org.updated_ms IS 'when its settings last changed';
ALTER TABLE org ADD COLUMN logo_type TEXT COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN org.logo_type IS '"image/png" and so on; empty when there is no logo';
ALTER TABLE org ADD COLUMN logo BYTEA;
COMMENT ON COLUMN org.logo IS 'the picture; NULL when there is none';

CREATE TABLE account (
	id BIGINT NOT NULL,
	email TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	time_zone TEXT COLLATE "C" NOT NULL,
	password TEXT COLLATE "C",
	is_admin BIGINT NOT NULL,
	totp_secret BYTEA,
	totp_confirmed_ms BIGINT,
	totp_step BIGINT NOT NULL,
	created_ms BIGINT NOT NULL,
	updated_ms BIGINT NOT NULL,
	disabled_ms BIGINT,
	PRIMARY KEY (id),
	UNIQUE (email)
);
COMMENT ON TABLE account IS 'A person who signs in. What they may see hangs on their memberships.';
COMMENT ON COLUMN account.id IS 'given by the program';
COMMENT ON COLUMN account.email IS 'what they sign in with: in lower case, without spaces around';
COMMENT ON COLUMN account.name IS 'as they write it';
COMMENT ON COLUMN account.language IS '"fr" or "en"';
COMMENT ON COLUMN account.time_zone IS 'IANA name, "Europe/Paris"';
COMMENT ON COLUMN account.password IS 'Argon2id, as libsodium writes it; NULL until they choose one';
COMMENT ON COLUMN account.is_admin IS '1: may manage the accounts of this installation';
COMMENT ON COLUMN account.totp_secret IS 'key of the second factor; NULL when there is none';
COMMENT ON COLUMN account.totp_confirmed_ms IS 'when a first code proved that the key arrived; NULL until then';
COMMENT ON COLUMN account.totp_step IS 'the last 30-second step whose code was taken: none is taken twice';
COMMENT ON COLUMN account.created_ms IS 'when it was made';
COMMENT ON COLUMN account.updated_ms IS 'when something of it last changed';
COMMENT ON COLUMN account.disabled_ms IS 'when it was closed; NULL while it may sign in';

CREATE TABLE session (
	id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	agent TEXT COLLATE "C" NOT NULL,
	created_ms BIGINT NOT NULL,
	seen_ms BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (token_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);
COMMENT ON TABLE session IS 'A browser that is signed in. Ends 8 hours after it was last used, or 7 days after it began.';
COMMENT ON COLUMN session.id IS 'given by the program; names it in the list of sessions';
COMMENT ON COLUMN session.account_id IS 'whose it is';
COMMENT ON COLUMN session.token_hash IS 'hash of the 256-bit cookie';
COMMENT ON COLUMN session.agent IS 'browser and system in a few words, to recognise it by';
COMMENT ON COLUMN session.created_ms IS 'when it began';
COMMENT ON COLUMN session.seen_ms IS 'when it was last used, to five minutes';
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE recovery_code (
	account_id BIGINT NOT NULL,
	code_hash BYTEA NOT NULL,
	used_ms BIGINT,
	PRIMARY KEY (account_id, code_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);
COMMENT ON TABLE recovery_code IS 'A code that stands in once for the second factor.';
COMMENT ON COLUMN recovery_code.account_id IS 'whose it is';
COMMENT ON COLUMN recovery_code.code_hash IS 'hash of the code';
COMMENT ON COLUMN recovery_code.used_ms IS 'when it was used; NULL while it can be';

CREATE TABLE account_link (
	id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	account_id BIGINT,
	created_ms BIGINT NOT NULL,
	expires_ms BIGINT NOT NULL,
	used_ms BIGINT,
	PRIMARY KEY (id),
	UNIQUE (token_hash),
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);
COMMENT ON TABLE account_link IS 'A link that works once: the first administrator''s, or a new password''s.';
COMMENT ON COLUMN account_link.id IS 'given by the program';
COMMENT ON COLUMN account_link.token_hash IS 'hash of the link';
COMMENT ON COLUMN account_link.kind IS '"setup" or "reset"';
COMMENT ON COLUMN account_link.account_id IS 'whose password it sets; NULL for "setup"';
COMMENT ON COLUMN account_link.created_ms IS 'when it was made';
COMMENT ON COLUMN account_link.expires_ms IS 'until when it works';
COMMENT ON COLUMN account_link.used_ms IS 'when it was used or replaced; NULL while it works';
CREATE INDEX account_link_by_account ON account_link (account_id);

CREATE TABLE department (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (org_id, id),
	UNIQUE (org_id, name),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE department IS 'A part of an organisation that respondents can be told apart by.';
COMMENT ON COLUMN department.org_id IS 'the organisation';
COMMENT ON COLUMN department.id IS 'given by the program';
COMMENT ON COLUMN department.name IS 'as its people write it';
COMMENT ON COLUMN department.position IS 'place in lists, from 0';

CREATE TABLE membership (
	org_id BIGINT NOT NULL,
	account_id BIGINT NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	created_ms BIGINT NOT NULL,
	PRIMARY KEY (org_id, account_id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE
);
COMMENT ON TABLE membership IS 'Who belongs to an organisation, and as what.';
COMMENT ON COLUMN membership.org_id IS 'the organisation';
COMMENT ON COLUMN membership.account_id IS 'the person';
COMMENT ON COLUMN membership.role IS '"owner", "editor", "specialist", "contributor" or "viewer"';
COMMENT ON COLUMN membership.created_ms IS 'when they joined';
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE org_invitation (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	token_hash BYTEA NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	label TEXT COLLATE "C" NOT NULL,
	created_by BIGINT,
	created_ms BIGINT NOT NULL,
	expires_ms BIGINT NOT NULL,
	used_ms BIGINT,
	revoked_ms BIGINT,
	PRIMARY KEY (org_id, id),
	UNIQUE (token_hash),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (created_by) REFERENCES account (id) ON DELETE SET NULL
);
COMMENT ON TABLE org_invitation IS 'A link that lets one person join an organisation. Its token is made from the installation''s secret and the id.';
COMMENT ON COLUMN org_invitation.org_id IS 'the organisation';
COMMENT ON COLUMN org_invitation.id IS 'given by the program';
COMMENT ON COLUMN org_invitation.token_hash IS 'hash of the link';
COMMENT ON COLUMN org_invitation.role IS 'what the person will be';
COMMENT ON COLUMN org_invitation.label IS 'whom it is meant for, in the words of who made it; empty when not said';
COMMENT ON COLUMN org_invitation.created_by IS 'account that made it; NULL once that account is gone';
COMMENT ON COLUMN org_invitation.created_ms IS 'when it was made';
COMMENT ON COLUMN org_invitation.expires_ms IS 'until when it works';
COMMENT ON COLUMN org_invitation.used_ms IS 'when somebody joined by it; NULL until then';
COMMENT ON COLUMN org_invitation.revoked_ms IS 'when it was withdrawn; NULL while it works';
CREATE INDEX org_invitation_by_maker ON org_invitation (created_by);

CREATE TABLE audit (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	at_ms BIGINT NOT NULL,
	account_id BIGINT,
	who TEXT COLLATE "C" NOT NULL,
	action TEXT COLLATE "C" NOT NULL,
	object_kind TEXT COLLATE "C" NOT NULL,
	object_id BIGINT,
	before TEXT COLLATE "C",
	after TEXT COLLATE "C",
	PRIMARY KEY (org_id, id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE SET NULL
);
COMMENT ON TABLE audit IS 'Who changed what, and when. Of the installation itself: in organisation 1.';
COMMENT ON COLUMN audit.org_id IS 'the organisation';
COMMENT ON COLUMN audit.id IS 'given by the program; sorts by time';
COMMENT ON COLUMN audit.at_ms IS 'when';
COMMENT ON COLUMN audit.account_id IS 'who did it; NULL for the command line, and once the account is gone';
COMMENT ON COLUMN audit.who IS 'their name at that time';
COMMENT ON COLUMN audit.action IS 'what was done, as the catalogues English text';
COMMENT ON COLUMN audit.object_kind IS 'to what kind of thing';
COMMENT ON COLUMN audit.object_id IS 'to which one; NULL when there is no row';
COMMENT ON COLUMN audit.before IS 'what changed, as it was: a short JSON object';
COMMENT ON COLUMN audit.after IS 'what changed, as it became';
CREATE INDEX audit_by_account ON audit (account_id);
