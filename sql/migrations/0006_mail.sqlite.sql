-- Mail that waits to be sent. A row says what it is about, not what it says: texts and links are composed when it
-- is sent, so that no link rests here. It goes once the mail was handed over; what nobody took stays, with the reason.
CREATE TABLE mail (
	org_id INTEGER NOT NULL,     -- the organisation it is sent for; 1: the installation
	id INTEGER NOT NULL,         -- given by the program; names the mail in its Message-ID
	kind TEXT NOT NULL,          -- what it says, "reset" and so on
	object_id INTEGER NOT NULL,  -- what it is about: a participant, an invitation; its own id when there is no row
	recipient TEXT,              -- the address, where no other row holds it; NULL: read when it is sent
	language TEXT NOT NULL,      -- of the text, "fr"; empty: the recipient's
	state TEXT NOT NULL,         -- "waiting" or "failed"
	attempts INTEGER NOT NULL,   -- how often it was tried
	next_ms INTEGER NOT NULL,    -- when it is tried next; while it is being sent, when that is taken for lost
	created_ms INTEGER NOT NULL, -- when it was asked for
	expires_ms INTEGER NOT NULL, -- when it is no longer worth sending
	said TEXT,                   -- what the mail server last said, or why it could not be asked; NULL: not tried
	PRIMARY KEY (org_id, id),
	UNIQUE (org_id, kind, object_id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('waiting', 'failed'))
) STRICT;
CREATE INDEX mail_due ON mail (next_ms) WHERE state = 'waiting';

ALTER TABLE org_invitation ADD COLUMN email TEXT; -- where it is sent by mail; NULL: only as a link to copy
ALTER TABLE org_invitation ADD COLUMN mailed_ms INTEGER; -- when the mail was handed over; NULL: not yet, or never
