/* The shell of every page: see layout.h. */
#include "view/layout.h"

#include "base/token.h"
#include "view/colour.h"
#include "view/pages.h"
#include "view/view_tpl.h"

/* How each language is offered to those who read another page. */
static const struct {
	struct str name, code_shown;
} offers[LANG_N] = {
	[LANG_FR] = { STR("Français"), STR("FR") },
	[LANG_EN] = { STR("English"), STR("EN") },
};

/* The address of the request's own path, encoded. */
static void put_path(struct view *v, struct str path)
{
	view_base_path(v);
	(void)str_cut(&path, '/');
	while (path.data) {
		view_literal(v, "/");
		view_percent(v, str_cut(&path, '/'));
	}
}

/* This page in language `l`: the same path and query but for `lang`. */
static struct str address_in(struct req *rq, enum language l)
{
	struct view v = view_make(rq);
	struct str query = rq->query;

	put_path(&v, rq->path);
	view_literal(&v, "?");
	while (query.len) {
		struct str pair = str_cut(&query, '&');

		if (pair.len == 0 || str_is(pair, "lang") || str_starts(pair, S("lang=")))
			continue;
		buf_put(&v.out, pair); /* raw here; view_url() escapes the whole */
		view_literal(&v, "&");
	}
	view_literal(&v, "lang=");
	view_percent(&v, language_code(l));
	return buf_str(&v.out);
}

/* Who is here, and whose data it is. */
static void add_actor(struct req *rq, struct layout_page *page)
{
	const struct actor *actor = &rq->actor;

	page->is_signed_in = actor->account_id != 0;
	page->account_name = actor->account_name;
	page->has_org = page->is_signed_in && actor->org_name.len > 0;
	if (!page->has_org)
		return;
	page->org_id = id_text(rq->arena, actor->org_id);
	page->org_name = actor->org_name;
	page->org_letters = letters_of(rq->arena, actor->org_name);
	page->accent = colour_or_ours(actor->org_accent);
	page->on_accent = colour_ink_on(page->accent);
}

struct str layout_render(struct req *rq, const struct layout *l)
{
	enum language other = rq->language == LANG_FR ? LANG_EN : LANG_FR;
	struct layout_page page = {
		.layout = l,
		.is_demo = rq->site && rq->site->is_demo,
		.language = language_code(rq->language),
		.other_language = language_code(other),
		.other_name = offers[other].name,
		.other_short = offers[other].code_shown,
		.other_address = rq->unsent ? S("") : address_in(rq, other),
	};
	struct view v = view_make(rq);

	add_actor(rq, &page);
	layout_document(&v, &page);
	return view_html(&v).markup;
}

struct reply *layout_reply(struct req *rq, int status, const struct layout *l)
{
	return reply_page(rq, status, layout_render(rq, l));
}
