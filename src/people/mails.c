/* What the mails about accounts say. */
#include "people/mails.h"

#include "base/buf.h"
#include "base/token.h"
#include "i18n/zone.h"
#include "people/invitation.h"
#include "people/link.h"
#include "people/people.h"
#include "people/queries.h"

enum {
	RESET_LIFE_MS = 60 * 60 * 1000,
	RESET_AGAIN_MS = 5 * 60 * 1000, /* nobody is mailed a link more often, whoever asks */
	INVITATION_LIFE_MS = 2 * 24 * 60 * 60 * 1000,
};

static struct str link_text(struct arena *a, const struct mail_site *site, const char *path,
			    const struct token *t)
{
	return str_fmt(a, "%.*s%s%.*s", STR_ARG(site->base_url), path,
		       STR_ARG(base64url(a, t->bytes, sizeof t->bytes)));
}

/* ---- a new password ---- */

/* Its token is made from the mail's id: a mail that is tried again carries the same link. */
static struct token reset_token(struct arena *a, const struct mail_site *site, int64_t mail_id)
{
	return row_token(a, &site->key, "mailed-reset", mail_id);
}

static int note_asked(struct db *db, const struct people_account_to_mail_row *account,
		      int64_t now_ms, struct err *err)
{
	return audit_add_as(db, now_ms, account->name,
			    &(struct audit_entry){
				    .org_id = ORG_PUBLIC,
				    .action = N_("asked for a new password by e-mail"),
				    .object_kind = "account",
				    .object_id = account->id,
			    },
			    err);
}

/* Makes the link, or has it work longer. 0, MAIL_NOT_NEEDED or a fault. */
static int open_link(struct db *db, struct arena *a,
		     const struct people_account_to_mail_row *account, struct str hash,
		     int64_t now_ms, struct err *err)
{
	struct people_link_get_row link;
	struct people_link_recent_row recent;
	int r = people_link_get(db, a, hash, &link, err);

	if (r == 0 && link.has_used_ms)
		return MAIL_NOT_NEEDED;
	if (r == DB_NOT_FOUND) {
		r = people_link_recent(db, a, account->id, now_ms - RESET_AGAIN_MS, &recent, err);
		if (r == 0 && recent.n > 0)
			return MAIL_NOT_NEEDED;
		if (r == 0)
			r = note_asked(db, account, now_ms, err);
	}
	if (r == 0)
		r = people_link_close_others(db, account->id, hash, now_ms, err);
	if (r != 0)
		return r;
	return people_link_mailed(db,
				  &(struct people_link_mailed_params){
					  .id = id_make(now_ms),
					  .token_hash = hash,
					  .account_id = account->id,
					  .now_ms = now_ms,
					  .expires_ms = now_ms + MAILED_LINK_MS,
				  },
				  err);
}

static void write_reset(struct arena *a, const struct mail_site *site,
			const struct people_account_to_mail_row *account, const struct token *t,
			struct mail_letter *ret)
{
	enum language l = LANG_FR;
	const struct tr_arg args[] = {
		{ "name", account->name },
		{ "site", site->base_url },
		{ "link", link_text(a, site, "/reset/", t) },
	};

	(void)!language_parse(account->language, &l);
	*ret = (struct mail_letter){
		.to = { account->name, account->email },
		.language = l,
		.subject = tr(l, "Your new password on Jalon"),
		.body = tr_fill(
			a,
			tr(l,
			   "Hello {name},\n\nYou, or somebody who typed your address, asked for a new password on {site}. To choose one, open this address within the hour; it works once:\n\n{link}\n\nIf it was not you, there is nothing to do: your password stays as it is.\n"),
			args, 3),
	};
}

static int compose_reset(struct db *db, struct arena *a, const struct mail_site *site,
			 const struct mail_due *due, int64_t now_ms, struct mail_letter *ret,
			 struct err *err)
{
	struct people_account_to_mail_row account;
	struct token t = reset_token(a, site, due->id);
	int r = people_account_to_mail(db, a, due->recipient, &account, err);

	if (r == DB_NOT_FOUND)
		return MAIL_NOT_NEEDED;
	if (r == 0)
		r = open_link(db, a, &account, token_hash(a, &t), now_ms, err);
	if (r == 0)
		write_reset(a, site, &account, &t, ret);
	return r;
}

const struct mail_kind mail_reset = {
	.name = "reset",
	.compose = compose_reset,
	.is_private = true,
	.life_ms = RESET_LIFE_MS,
};

/* ---- an invitation ---- */

static int compose_invitation(struct db *db, struct arena *a, const struct mail_site *site,
			      const struct mail_due *due, int64_t now_ms, struct mail_letter *ret,
			      struct err *err)
{
	struct people_invitation_to_mail_row row;
	enum language l = LANG_FR;
	enum role role = ROLE_NONE;
	struct token t = invitation_token(a, &site->key, due->object_id);
	int r = people_invitation_to_mail(db, a, due->org_id, due->object_id, &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || !row.has_email || row.has_used_ms || row.has_revoked_ms ||
	    row.expires_ms < now_ms)
		return MAIL_NOT_NEEDED;
	(void)!language_parse(due->language, &l);
	(void)!role_parse(row.role, &role);
	const struct tr_arg args[] = {
		{ "who", row.has_maker ? row.maker : S("Jalon") },
		{ "org", row.name },
		{ "role", role_name(l, role) },
		{ "summary", role_summary(l, role) },
		{ "date", zone_words(a, l, row.time_zone, row.expires_ms) },
		{ "link", link_text(a, site, "/join/", &t) },
	};
	*ret = (struct mail_letter){
		.to = { .name = { "", 0 }, .address = row.email },
		.language = l,
		.subject = tr_fill(a, tr(l, "{who} invites you to {org} on Jalon"), args, 6),
		.body = tr_fill(
			a,
			tr(l,
			   "Hello,\n\n{who} invites you to work on Jalon with {org}.\n\nYour role there: {role} ({summary}).\n\nTo join, open this address by {date}. It lets one person join:\n\n{link}\n\nIf you were not expecting this, there is nothing you need to do.\n"),
			args, 6),
	};
	return 0;
}

static int invitation_sent(struct db *db, const struct mail_due *due, int64_t now_ms,
			   struct err *err)
{
	return people_invitation_mailed(db, due->org_id, due->object_id, now_ms, err);
}

const struct mail_kind mail_invitation = {
	.name = "invitation",
	.compose = compose_invitation,
	.sent = invitation_sent,
	.life_ms = INVITATION_LIFE_MS,
};
