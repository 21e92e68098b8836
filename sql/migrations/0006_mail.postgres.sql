-- Mail that waits to be sent, on PostgreSQL. Same tables and columns as 0006_mail.sqlite.sql, which says why.

CREATE TABLE mail (
	org_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	object_id BIGINT NOT NULL,
	recipient TEXT COLLATE "C",
	language TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	attempts BIGINT NOT NULL,
	next_ms BIGINT NOT NULL,
	created_ms BIGINT NOT NULL,
	expires_ms BIGINT NOT NULL,
	said TEXT COLLATE "C",
	PRIMARY KEY (org_id, id),
	UNIQUE (org_id, kind, object_id),
	FOREIGN KEY (org_id) REFERENCES org (id) ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (state IN ('waiting', 'failed'))
);
CREATE INDEX mail_due ON mail (next_ms) WHERE state = 'waiting';
COMMENT ON TABLE mail IS 'Mail that waits to be sent: what each is about, not what it says. A row goes once the mail was handed over; what nobody took stays, with the reason.';
COMMENT ON COLUMN mail.org_id IS 'the organisation it is sent for; 1: the installation';
COMMENT ON COLUMN mail.id IS 'given by the program; names the mail in its Message-ID';
COMMENT ON COLUMN mail.kind IS 'what it says, "reset" and so on';
COMMENT ON COLUMN mail.object_id IS 'what it is about: a participant, an invitation; its own id when there is no row';
COMMENT ON COLUMN mail.recipient IS 'the address, where no other row holds it; NULL: read when it is sent';
COMMENT ON COLUMN mail.language IS 'of the text, "fr"; empty: the recipients';
COMMENT ON COLUMN mail.state IS '"waiting" or "failed"';
COMMENT ON COLUMN mail.attempts IS 'how often it was tried';
COMMENT ON COLUMN mail.next_ms IS 'when it is tried next; while it is being sent, when that is taken for lost';
COMMENT ON COLUMN mail.created_ms IS 'when it was asked for';
COMMENT ON COLUMN mail.expires_ms IS 'when it is no longer worth sending';
COMMENT ON COLUMN mail.said IS 'what the mail server last said, or why it could not be asked; NULL: not tried';

ALTER TABLE org_invitation ADD COLUMN email TEXT COLLATE "C";
COMMENT ON COLUMN org_invitation.email IS 'where it is sent by mail; NULL: only as a link to copy';
ALTER TABLE org_invitation ADD COLUMN mailed_ms BIGINT;
COMMENT ON COLUMN org_invitation.mailed_ms IS 'when the mail was handed over; NULL: not yet, or never';
