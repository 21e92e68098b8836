/* A campaign while it runs: who answers, by which links, and what is missing before it can open. */
#include "base/num.h"
#include "base/token.h"
#include "i18n/zone.h"
#include "phases/app.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/results.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "rounds/code.h"
#include "rounds/keep.h"
#include "view/layout.h"

/* What is missing before it can open, in words; ids are the form's fields. */
static size_t lack_words(struct req *rq, const struct round *round, struct lack *ret)
{
	static const struct {
		unsigned lack;
		const char *id, *words;
	} lacks[LACKS_MAX] = {
		{ LACK_TITLE, "title", N_("its name") },
		{ LACK_CONTROLLER, "controller", N_("who is responsible for the data") },
		{ LACK_PURPOSE, "purpose", N_("what the answers are for") },
		{ LACK_RETENTION, "retention", N_("how long they are kept") },
		{ LACK_KEEP, "keep_until", N_("until when they are kept") },
		{ LACK_CONTACT, "contact", N_("whom respondents can ask") },
		{ LACK_DATES, "closes", N_("a closing date that is to come") },
	};
	unsigned missing = round_lacks(&round->terms, rq->now_ms);
	size_t n = 0;

	for (size_t i = 0; i < LACKS_MAX; i++)
		if (missing & lacks[i].lack)
			ret[n++] = (struct lack){ str_from(lacks[i].id),
						  tr(rq->language, lacks[i].words) };
	return n;
}

/* How many answers each department gave; the small ones of an anonymous campaign are hidden, and others
 * with them where the difference would tell. */
static int add_departments(struct req *rq, const struct round *round, struct follow_page *m,
			   struct err *err)
{
	struct scorecard_department_list_rows rows;
	struct department_count *counts;
	struct group *groups;
	uint32_t without = 0;
	size_t n;
	int r = scorecard_department_list(rq->db, rq->arena, round->org_id, &rows, err);

	if (r == 0)
		r = tally_sheets(rq->db, rq->arena, round, &counts, &n, err);
	if (r != 0)
		return r;
	groups = arena_new(rq->arena, struct group, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		groups[i].name = rows.items[i].name;
	for (size_t k = 0; k < n; k++) {
		without += counts[k].id == 0 ? counts[k].n : 0;
		for (size_t i = 0; i < rows.n; i++)
			if (rows.items[i].id == counts[k].id)
				groups[i].respondents = counts[k].n;
	}
	if (m->is_anonymous)
		(void)groups_hide(groups, rows.n, without, (uint32_t)round->terms.threshold);
	m->departments = arena_new(rq->arena, struct department_row, rows.n);
	m->n_departments = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		m->departments[i] = (struct department_row){
			.name = groups[i].name,
			.answers = fmt_int(rq->arena, rq->language, groups[i].respondents),
			.is_hidden = m->is_anonymous && !groups[i].is_visible &&
				     groups[i].respondents > 0,
			.is_empty = groups[i].respondents == 0,
		};
	return 0;
}

int campaign_facts(struct req *rq, int64_t round_id, struct campaign_facts *ret, struct err *err)
{
	struct department_count *counts;
	size_t n = 0;
	int r = campaign_load(rq, round_id, &ret->round, err);

	if (r == 0)
		r = turnout_read(rq->db, rq->arena, &ret->round, &ret->turnout, err);
	if (r == 0)
		r = org_view_load(rq, rq->actor.org_id, &ret->org, err);
	if (r == 0)
		ret->n_sent = ret->turnout.answered + ret->turnout.devices;
	/* Who answered is known no more, how many is. */
	if (r == 0 && ret->round.has_forgotten)
		r = tally_sheets(rq->db, rq->arena, &ret->round, &counts, &n, err);
	for (size_t i = 0; r == 0 && ret->round.has_forgotten && i < n; i++)
		ret->n_sent += counts[i].n;
	return r;
}

struct str public_address(struct req *rq, const struct round *round)
{
	return url_absolute(rq, "%.*s", STR_ARG(round_link(rq, round->id)));
}

struct html public_qr(struct req *rq, struct str address, enum qr_use use)
{
	return view_svg(chart_qr_svg(rq->arena,
				     &(struct chart_qr){
					     .words = { .id = "qr",
							.title = tr(rq->language, "Scan to answer"),
							.finding = address },
					     .address = address,
					     .use = use,
				     }));
}

static void add_link(struct req *rq, const struct round *round, struct follow_page *m)
{
	m->link = (struct copy_link){
		.id = S("public"),
		.label = tr(rq->language, "Public link"),
		.hint = tr(
			rq->language,
			"Show it, or pass it on. A device answers once; to be sure that a person does, use personal links."),
		.address = public_address(rq, round),
	};
	m->qr = public_qr(rq, m->link.address, QR_SCREEN);
	m->code = room_code_words(rq->arena, round->code);
	m->code_host = url_typed(url_absolute(rq, "/w"));
	m->site = rq->site;
}

/* When it opened, closes or closed. */
static struct str dates_words(struct req *rq, const struct round *round, struct str zone)
{
	const struct round_terms *t = &round->terms;
	const char *text = NULL;
	int64_t ms = 0;

	switch (round->state) {
	case ROUND_DRAFT:
		return S("");
	case ROUND_WAITING:
		text = N_("opens on {when}");
		ms = t->opens_ms;
		break;
	case ROUND_OPEN:
		text = t->has_closes ? N_("closes on {when}") : N_("open since {when}");
		ms = t->has_closes ? t->closes_ms : round->opened_ms;
		break;
	case ROUND_CLOSED:
		text = N_("closed on {when}");
		ms = round->closed_ms;
		break;
	}
	return tr_fill(rq->arena, tr(rq->language, text),
		       &(const struct tr_arg){ "when", when_words(rq, zone, ms) }, 1);
}

struct str forgotten_words(struct req *rq, const struct round *round, struct str zone)
{
	int64_t at = round->forgotten_ms;

	if (!round->has_forgotten)
		return S("");
	return tr_fill(
		rq->arena,
		tr(rq->language,
		   "What each person answered was erased on {date}, as respondents were told, and so were the people invited and their links. What was counted stays, and what was agreed on."),
		&(const struct tr_arg){
			"date", fmt_date(rq->arena, rq->language, at + zone_offset(zone, at)) },
		1);
}

static struct follow_page follow_page(struct req *rq, const struct campaign_facts *f)
{
	const struct round *round = &f->round;
	const struct turnout *turnout = &f->turnout;
	const struct round_terms *t = &round->terms;
	struct follow_page m = {
		.id = id_text(rq->arena, round->id),
		.org = id_text(rq->arena, rq->actor.org_id),
		.title = t->title,
		.state = state_words(rq->language, round->state),
		.dates = dates_words(rq, round, f->org.time_zone),
		.is_anonymous = t->mode == ROUND_ANONYMOUS,
		.may_edit = may_edit(rq),
		.may_read = may_edit(rq) && t->mode == ROUND_NOMINATIVE && f->n_sent > 0 &&
			    !round->has_forgotten,
		.is_draft = round->state == ROUND_DRAFT,
		.is_open = round->state == ROUND_OPEN,
		.is_closed = round->state == ROUND_CLOSED,
		.may_close = round_may(round, ROUND_CLOSES),
		.may_reopen = round_may(round, ROUND_REOPENS),
		.n_sent = f->n_sent,
		.n_invited = turnout->personal,
		.n_answered = turnout->answered,
		.n_devices = turnout->devices,
		.n_begun = turnout->begun,
		.has_public = t->access != ROUND_PERSONAL,
		.has_personal = t->access != ROUND_PUBLIC && !round->has_forgotten,
		.may_mail = rq->site->has_mail && may_edit(rq) && round->state == ROUND_OPEN,
		.asks_department = t->asks_department,
		.threshold = t->threshold,
		.controller = t->controller,
		.contact = t->contact,
		.purpose = t->purpose,
		.retention = keep_words(rq->arena, rq->language, round, f->org.time_zone),
		.forgotten = forgotten_words(rq, round, f->org.time_zone),
	};

	if (turnout->personal > 0)
		m.rate = fmt_percent(
			rq->arena, rq->language,
			(int)num_div_round(turnout->answered * SHARE_WHOLE, turnout->personal));
	m.lacks = arena_new(rq->arena, struct lack, LACKS_MAX);
	m.n_lacks = m.is_draft ? lack_words(rq, round, m.lacks) : 0;
	m.may_open = round_may(round, ROUND_OPENS) && m.n_lacks == 0;
	if (m.has_public && !m.is_draft)
		add_link(rq, round, &m);
	return m;
}

/* What was agreed on, as the results say it and where they are shown. Only then are they worked out. */
static int add_agreed(struct req *rq, const struct round *round, struct follow_page *m,
		      struct err *err)
{
	struct results_query q = { .round = round->id, .by_pack = true, .has_no_compare = true };
	struct agreement *list;
	struct results results;
	size_t n;
	int r = agreement_list(rq->db, rq->arena, round, &list, &n, err);

	if (r != 0 || n == 0)
		return r;
	r = results_load(rq, &q, &results, err);
	if (r != 0)
		return r;
	m->agreed_title = results.agreed_title;
	m->agreed_words = results.agreed_words;
	return 0;
}

struct reply *campaign_follow(struct req *rq)
{
	const struct campaign_args *args = rq->args;
	struct view v = view_make(rq);
	struct campaign_facts f;
	struct follow_page m;
	struct err err;
	bool has_workshop = false;
	int r = campaign_facts(rq, args->round, &f, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = follow_page(rq, &f);
	r = campaign_workshop(rq, &f.round, &has_workshop, &m.is_in_workshop, &err);
	m.may_meet = has_workshop || (!f.round.has_forgotten && (m.is_open || m.is_closed));
	if (r == 0 && m.asks_department)
		r = add_departments(rq, &f.round, &m, &err);
	if (r == 0)
		r = add_agreed(rq, &f.round, &m, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	scorecard_campaign_page(&v, &m);
	return campaign_reply(
		rq, 200, NULL,
		&(struct layout){ .title = f.round.terms.title, .body = view_html(&v) });
}
