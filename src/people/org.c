/* Settings of an organisation, and its logo. */
#include <string.h>

#include "base/token.h"
#include "people/handlers_priv.h"
#include "people/org_page.h"
#include "people/lists.h"
#include "people/pages.h"
#include "people/people_tpl.h"
#include "people/picture.h"
#include "people/queries.h"
#include "people/stale.h"
#include "view/colour.h"

/* Numbers of people, as statistics offices cut them. */
static const char *const sizes[] = { "", "1-9", "10-49", "50-249", "250-4999", "5000+" };
enum { SIZES = sizeof sizes / sizeof *sizes };

struct str size_words(struct req *rq, struct str size)
{
	static const char *const labels[SIZES] = {
		N_("Not specified"),    N_("1 to 9 people"),       N_("10 to 49 people"),
		N_("50 to 249 people"), N_("250 to 4,999 people"), N_("5,000 people or more"),
	};

	for (size_t i = 0; i < SIZES; i++)
		if (str_is(size, sizes[i]))
			return tr(rq->language, labels[i]);
	return (struct str){ "", 0 };
}

static void add_sizes(struct form *f, struct str chosen)
{
	struct form_field *field = form_choose(f, FIELD_SELECT, "size", N_("Size"), chosen);

	for (size_t i = 0; i < SIZES; i++)
		(void)form_offer(f, field, str_from(sizes[i]),
				 size_words(f->rq, str_from(sizes[i])));
}

static struct form settings_form(struct req *rq, const struct settings_save_args *said)
{
	struct str org = id_text(rq->arena, rq->actor.org_id);
	struct form f =
		form_make(rq, "org", url(rq, "/o/%.*s/settings", STR_ARG(org)), N_("Save"), true);
	struct form_field *field;

	(void)form_line(&f, "name", N_("Name"), said->name, LABEL_MAX);
	(void)form_optional(&f, form_line(&f, "sector", N_("Sector"), said->sector, LABEL_MAX));
	add_sizes(&f, said->size);
	(void)form_zone(&f, said->time_zone);
	field = form_optional(&f, form_line(&f, "accent", N_("Colour"), said->accent, 7));
	field->hint =
		tr(rq->language,
		   "Its code, such as #1b5e7d. It marks the bar at the top of all your pages.");
	field = form_optional(
		&f, form_line(&f, "contact", N_("Contact link"), said->contact, CONTACT_MAX));
	field->hint =
		tr(rq->language,
		   "https://…, http://… or mailto:…, for your respondents who have a question.");
	field = form_box(
		&f, "benchmark",
		N_("Count us, without our name, when the organisations of this site are compared"),
		said->benchmark);
	field->hint = tr(
		rq->language,
		"A comparison appears only when five organisations or more take part; it shows no name and no single score.");
	return f;
}

static const struct stale not_stale = { .n = 0 };

static struct reply *show(struct req *rq, int status, const struct settings_save_args *said,
			  const struct form *sent, struct str done, struct str logo_fault,
			  const struct stale *stale)
{
	struct form own = settings_form(rq, said);
	struct people_org_get_row org;
	struct settings_page m = {
		.tabs = org_tabs(rq, TAB_SETTINGS),
		.done = done,
		.stale = stale,
		.form = sent ? sent : &own,
		.logo_fault = logo_fault,
	};
	struct view v = view_make(rq);
	struct err err;
	int r = people_org_get(rq->db, rq->arena, rq->actor.org_id, &org, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	if (!sent)
		stale_mark(&own, &own);
	m.org = id_text(rq->arena, rq->actor.org_id);
	m.has_logo = org.logo_type.len > 0;
	people_settings_page(&v, &m);
	return org_reply(rq, status, tr(rq->language, "Settings"), &v);
}

/* What is stored, as a form would send it. */
static int stored(struct req *rq, struct settings_save_args *ret, struct err *err)
{
	struct people_org_get_row org;
	int r = people_org_get(rq->db, rq->arena, rq->actor.org_id, &org, err);

	if (r == 0)
		*ret = (struct settings_save_args){
			.name = org.name,
			.sector = org.sector,
			.size = org.size,
			.time_zone = org.time_zone,
			.accent = org.accent,
			.contact = org.contact_url,
			.benchmark = org.benchmark,
		};
	return r;
}

static struct reply *show_stored(struct req *rq, int status, struct str done, struct str logo_fault)
{
	struct settings_save_args said;
	struct err err;
	int r = stored(rq, &said, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	return show(rq, status, &said, NULL, done, logo_fault, &not_stale);
}

struct reply *settings_page(struct req *rq)
{
	const struct settings_args *args = rq->args;
	struct str none = { "", 0 };

	return show_stored(rq, 200, args->saved ? tr(rq->language, "Saved.") : none, none);
}

static bool is_link(struct str s)
{
	return s.len == 0 || str_starts(s, S("https://")) || str_starts(s, S("http://")) ||
	       (str_starts(s, S("mailto:")) && str_contains(s, S("@")));
}

static void check(struct req *rq, struct form *f, const struct settings_save_args *args)
{
	struct str accent = args->accent;

	form_check_zone(f, args->time_zone);
	if (accent.len && !colour_is_valid(accent))
		form_fault(
			f, "accent",
			tr(rq->language,
			   "Write the code of the colour: # then six digits or letters from a to f, such as #1b5e7d."));
	else if (accent.len && colour_contrast(accent, colour_ink_on(accent)) < COLOUR_READABLE)
		form_fault(
			f, "accent",
			tr(rq->language,
			   "Neither white nor black letters can be read well on this colour. Choose a darker or a lighter one."));
	if (!is_link(args->contact))
		form_fault(f, "contact",
			   tr(rq->language, "Begin the link with https://, http:// or mailto:."));
}

static void put_change(struct buf *b, const char *name, struct str value, struct str other)
{
	if (str_eq(value, other))
		return;
	buf_fmt(b, "%s\"%s\":", b->len > 1 ? "," : "", name);
	buf_quoted(b, value);
}

/* What of `s` is not as in `other`, as JSON for the log. */
static struct str differences(struct arena *a, const struct settings_save_args *s,
			      const struct settings_save_args *other)
{
	struct buf b = buf_make(a, 4096);

	buf_putc(&b, '{');
	put_change(&b, "name", s->name, other->name);
	put_change(&b, "sector", s->sector, other->sector);
	put_change(&b, "size", s->size, other->size);
	put_change(&b, "time zone", s->time_zone, other->time_zone);
	put_change(&b, "colour", s->accent, other->accent);
	put_change(&b, "contact", s->contact, other->contact);
	put_change(&b, "benchmark", s->benchmark ? S("yes") : S("no"),
		   other->benchmark ? S("yes") : S("no"));
	buf_putc(&b, '}');
	return buf_str(&b);
}

static int changed(struct req *rq, const char *action, struct str before, struct str after,
		   struct err *err)
{
	return audit_add(rq,
			 &(struct audit_entry){ .action = action,
						.object_kind = "organisation",
						.object_id = rq->actor.org_id,
						.before = before,
						.after = after },
			 err);
}

/* Stores what is set, and says in the log what it changes. */
static int save(struct req *rq, const struct settings_save_args *args, struct err *err)
{
	struct settings_save_args before;
	struct people_org_save_params p = {
		.org_id = rq->actor.org_id,
		.name = str_trim(args->name),
		.sector = args->sector,
		.size = args->size,
		.time_zone = args->time_zone,
		.accent = args->accent,
		.contact_url = args->contact,
		.benchmark = args->benchmark,
		.now_ms = rq->now_ms,
	};
	int r = stored(rq, &before, err);

	if (r == 0)
		r = people_org_save(rq->db, &p, err);
	return r ? r
		 : changed(rq, N_("changed the settings"), differences(rq->arena, &before, args),
			   differences(rq->arena, args, &before), err);
}

struct reply *settings_save(struct req *rq)
{
	const struct settings_save_args *args = rq->args;
	struct form f = settings_form(rq, args), now;
	const struct str none = { "", 0 };
	struct settings_save_args before;
	struct stale stale;
	struct err err;
	int r = stored(rq, &before, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	check(rq, &f, args);
	now = settings_form(rq, &before);
	stale = stale_find(&f, &now, args->was);
	/* Whoever was told may save all the same. */
	stale_mark(&f, &now);
	if (stale.n || f.n_faults)
		return show(rq, stale.n ? 409 : 422, args, &f, none, none, &stale);
	r = save(rq, args, &err);
	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	return reply_redirect(rq, url(rq, "/o/%.*s/settings?saved=1",
				      STR_ARG(id_text(rq->arena, rq->actor.org_id))));
}

/* ---- the logo ---- */

int org_logo(struct req *rq, struct str *ret_type, struct str *ret, struct err *err)
{
	struct people_org_logo_row row;
	int r = people_org_logo(rq->db, rq->arena, rq->actor.org_id, &row, err);

	*ret_type = *ret = S("");
	if (r < 0)
		return r;
	/* The type is that of the bytes, not what a row says. */
	if (r == 0 && row.has_logo && picture_type(row.logo)) {
		*ret_type = str_from(picture_type(row.logo));
		*ret = row.logo;
	}
	return 0;
}

struct reply *logo_show(struct req *rq)
{
	struct str type, logo;
	struct err err;

	if (org_logo(rq, &type, &logo, &err) != 0)
		return reply_fault(rq, &err);
	return type.len ? reply_file(rq, str_c(rq->arena, type), logo) : reply_status(rq, 404);
}

/* `type` as picture_type() tells it; NULL takes the logo away. */
static int set_logo(struct req *rq, const char *type, struct str logo, struct err *err)
{
	struct str none = { "", 0 };
	struct people_org_set_logo_params p = {
		.org_id = rq->actor.org_id,
		.logo_type = type ? str_from(type) : none,
		.has_logo = type != NULL,
		.logo = logo,
		.now_ms = rq->now_ms,
	};
	int r = people_org_set_logo(rq->db, &p, err);

	return r ? r
		 : changed(rq, type ? N_("changed the logo") : N_("removed the logo"), none, none,
			   err);
}

int org_dress(struct req *rq, const struct org_look *look, struct err *err)
{
	struct settings_save_args args;
	int r = stored(rq, &args, err);

	args.sector = look->sector;
	args.size = look->size;
	args.accent = look->accent;
	if (r == 0)
		r = save(rq, &args, err);
	return r == 0 ? set_logo(rq, picture_type(look->logo), look->logo, err) : r;
}

struct reply *logo_save(struct req *rq)
{
	const struct logo_args *args = rq->args;
	const char *type = picture_type(args->logo);
	struct str none = { "", 0 };
	struct err err;
	int r;

	if (rq->n_arg_errors)
		return show_stored(rq, 422, none,
				   tr(rq->language, "This picture is too large: 256 KB at most."));
	if (!args->remove && !type)
		return show_stored(
			rq, 422, none,
			tr(rq->language,
			   "Choose a PNG, JPEG, WebP or GIF picture of 4096 pixels at most in width and height."));
	r = set_logo(rq, args->remove ? NULL : type, args->logo, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_redirect(rq, url(rq, "/o/%.*s/settings?saved=1",
				      STR_ARG(id_text(rq->arena, rq->actor.org_id))));
}
