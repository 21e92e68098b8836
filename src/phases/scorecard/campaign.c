/* Campaigns: what their pages share, and their list. */
#include "phases/scorecard/campaign.h"

#include "base/token.h"
#include "i18n/zone.h"
#include "people/org_page.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

/* ---- shared ---- */

struct str campaigns_url(struct req *rq, const char *page)
{
	return url(rq, "/o/%.*s/rounds%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)), page);
}

struct str campaign_url(struct req *rq, int64_t round_id, const char *page)
{
	return url(rq, "/o/%.*s/rounds/%.*s%s", STR_ARG(id_text(rq->arena, rq->actor.org_id)),
		   STR_ARG(id_text(rq->arena, round_id)), page);
}

int campaign_load(struct req *rq, int64_t round_id, struct round *ret, struct err *err)
{
	return round_load(rq->db, rq->arena, rq->actor.org_id, round_id, rq->now_ms, ret, err);
}

bool may_edit(const struct req *rq)
{
	return role_allows(rq->actor.role, ROLE_EDITOR);
}

struct str department_name(const struct scorecard_department_list_rows *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].id == id)
			return all->items[i].name;
	return S("");
}

struct reply *campaign_reply(struct req *rq, int status, const struct round *round,
			     const struct layout *l)
{
	struct crumb crumb = { .label = S("") };

	if (round)
		crumb = (struct crumb){ campaign_url(rq, round->id, ""), round->terms.title };
	return org_reply_below(rq, status, l, TAB_CAMPAIGNS, &crumb, round ? 1 : 0);
}

struct reply *campaign_failed(struct req *rq, int result, const struct err *err)
{
	if (result == ROUND_STALE || result == ROUND_REFUSED || result == ROUND_LACKING)
		return reply_status(rq, 409);
	return sheet_failed(rq, result, err);
}

struct str state_words(enum language l, enum round_state state)
{
	switch (state) {
	case ROUND_DRAFT:
		return trc(l, "campaign", "Draft");
	case ROUND_WAITING:
		return trc(l, "campaign", "Opens later");
	case ROUND_OPEN:
		return trc(l, "campaign", "Open");
	case ROUND_CLOSED:
		return trc(l, "campaign", "Closed");
	}
	return S("");
}

/* ---- the list ---- */

struct str answers_words(struct req *rq, const struct round_line *line)
{
	if (line->access == ROUND_PERSONAL && line->n_invited > 0)
		return tr_fill(
			rq->arena, tr(rq->language, "{n} of {total}"),
			(const struct tr_arg[]){
				{ "n", fmt_int(rq->arena, rq->language, line->n_sent) },
				{ "total", fmt_int(rq->arena, rq->language, line->n_invited) } },
			2);
	return fmt_int(rq->arena, rq->language, line->n_sent);
}

static struct str detail_words(struct req *rq, const struct round_line *line, struct str zone)
{
	int64_t made = line->has_opened ? line->opened_ms : line->created_ms;
	const char *text = N_("created on {date}");

	if (line->state == ROUND_WAITING) {
		text = N_("opens on {date}");
		made = line->opens_ms;
	} else if (line->state == ROUND_OPEN && line->has_closes) {
		text = N_("until {date}");
		made = line->closes_ms;
	} else if (line->has_opened) {
		text = N_("opened on {date}");
	}
	return tr_fill(rq->arena, tr(rq->language, text),
		       &(const struct tr_arg){ "date", fmt_date(rq->arena, rq->language,
								made + zone_offset(zone, made)) },
		       1);
}

struct reply *campaign_list(struct req *rq)
{
	const struct campaigns_args *args = rq->args;
	struct campaigns_page m = { .org = id_text(rq->arena, rq->actor.org_id),
				    .may_edit = may_edit(rq),
				    .was_erased = args->erased,
				    .tabs = org_tabs_html(rq, TAB_CAMPAIGNS) };
	struct view v = view_make(rq);
	struct round_line *lines;
	struct org_view org;
	struct err err;
	int r = org_view_load(rq, rq->actor.org_id, &org, &err);

	if (r == 0)
		r = round_list(rq->db, rq->arena, rq->actor.org_id, rq->now_ms, &lines, &m.n, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	m.lines = arena_new(rq->arena, struct campaign_line, m.n);
	for (size_t i = 0; i < m.n; i++)
		m.lines[i] = (struct campaign_line){
			.path = campaign_url(rq, lines[i].id, ""),
			.results_path = campaign_url(rq, lines[i].id, "/results"),
			.title = lines[i].title,
			.state = state_words(rq->language, lines[i].state),
			.detail = detail_words(rq, &lines[i], org.time_zone),
			.is_open = lines[i].state == ROUND_OPEN,
			.is_draft = lines[i].state == ROUND_DRAFT,
			.is_closed = lines[i].state == ROUND_CLOSED,
			.is_anonymous = lines[i].mode == ROUND_ANONYMOUS,
			.answers = answers_words(rq, &lines[i]),
		};
	scorecard_campaigns_page(&v, &m);
	return org_reply(rq, 200, tr(rq->language, "Campaigns"), &v);
}
