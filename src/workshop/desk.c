/* The facilitator's desk. */
#include "base/buf.h"
#include "base/num.h"
#include "base/token.h"
#include "people/people.h"
#include "rounds/code.h"
#include "view/layout.h"
#include "workshop/pages_priv.h"
#include "workshop/workshop_tpl.h"

struct act desk_act(struct req *rq, const struct scene *s, const char *page, struct str item,
		    const char *label)
{
	return (struct act){
		.action = round_url(rq, s->round.id, page),
		.item = item,
		.label = tr(rq->language, label),
		.version = s->workshop.version,
	};
}

/* The same, asked once more before. */
static struct act sure_act(struct req *rq, struct act a, const char *loses, const char *sure)
{
	a.loses = tr(rq->language, loses);
	a.sure = tr(rq->language, sure);
	return a;
}

/* ---- the desk ---- */

/* The first item after `at` that is not settled, round about; NULL when there is none. */
static const struct agenda_item *next_item(const struct scene *s, const struct agenda_item *at)
{
	size_t from = at ? (size_t)(at - s->agenda.items) + 1 : 0;

	for (size_t i = 0; i < s->agenda.n; i++) {
		const struct agenda_item *next = &s->agenda.items[(from + i) % s->agenda.n];

		if (next != at && next->standing.state != ITEM_AGREED &&
		    next->standing.state != ITEM_SKIPPED)
			return next;
	}
	return NULL;
}

/* The one main button: what comes next. Revealing is among what counts the votes, agreeing in its form. */
static void mark_main(const struct agenda_item *here, struct desk_page *m)
{
	bool is_settled = here && (here->standing.state == ITEM_AGREED ||
				   here->standing.state == ITEM_SKIPPED);

	if (m->n_acts == 0 || (here && here->standing.state == ITEM_VOTING))
		return;
	if (here && here->standing.state == ITEM_REVEALED && here->standing.vote == VOTE_SECOND)
		return;
	m->acts[is_settled ? m->n_acts - 1 : 0].is_go = true;
}

/* What was set aside comes back whole; what was agreed does not. */
static struct act return_act(struct req *rq, const struct scene *s, const struct agenda_item *here)
{
	struct act a = desk_act(rq, s, "/workshop/return", here->item, N_("Take up again"));

	if (here->standing.state != ITEM_AGREED)
		return a;
	return sure_act(rq, a, N_("The agreed answer and its reason go. What was voted stays."),
			N_("Erase what was agreed"));
}

/* The buttons of what is talked about: the one that leads on comes first. */
static void add_acts(struct req *rq, const struct scene *s, const struct agenda_item *here,
		     struct desk_page *m)
{
	const struct agenda_item *next = next_item(s, here);
	enum { ACTS_MAX = 8 };

	m->acts = arena_new(rq->arena, struct act, ACTS_MAX);
	if (here) {
		struct item_standing at = here->standing;

		if (item_may(at, ITEM_OPENS))
			m->acts[m->n_acts++] = desk_act(rq, s, "/workshop/open", here->item,
							at.vote == 0 ? N_("Open the vote")
								     : N_("Open a second vote"));
		if (item_may(at, ITEM_STOPS))
			m->acts[m->n_acts++] = sure_act(
				rq,
				desk_act(rq, s, "/workshop/stop", here->item,
					 N_("Stop without revealing")),
				N_("The votes of this item go for good, and nobody will have seen them."),
				N_("Throw the votes away"));
		if (item_may(at, ITEM_SKIPS))
			m->acts[m->n_acts++] =
				desk_act(rq, s, "/workshop/skip", here->item, N_("Set aside"));
		if (item_may(at, ITEM_RETURNS))
			m->acts[m->n_acts++] = return_act(rq, s, here);
	}
	if (next && !(here && here->standing.state == ITEM_VOTING))
		m->acts[m->n_acts++] =
			desk_act(rq, s, "/workshop/go", next->item,
				 here ? N_("Next item") : N_("Begin with the first item"));
	mark_main(here, m);
}

/* What was set aside is not settled: the minutes list it as left open. */
static void add_progress(struct req *rq, int64_t n_agreed, int64_t n_skipped, struct desk_page *m)
{
	m->agreed_label = tr_fill(
		rq->arena,
		trn(rq->language, "{n} of {total} agreed", "{n} of {total} agreed", n_agreed),
		(const struct tr_arg[]){
			{ "n", fmt_int(rq->arena, rq->language, n_agreed) },
			{ "total", fmt_int(rq->arena, rq->language, (int64_t)m->n_agenda) } },
		2);
	if (n_skipped > 0)
		m->skipped_label = tr_fill(
			rq->arena, trn(rq->language, "{n} set aside", "{n} set aside", n_skipped),
			&(const struct tr_arg){ "n", fmt_int(rq->arena, rq->language, n_skipped) },
			1);
}

static int add_agenda(struct req *rq, const struct scene *s, const struct agenda_item *here,
		      struct desk_page *m, struct err *err)
{
	bool is_voting = here && here->standing.state == ITEM_VOTING;
	int64_t n_agreed = 0, n_skipped = 0;
	enum opinions *opinions;
	int r = opinions_load(rq, s, &opinions, err);

	if (r != 0)
		return r;
	m->agenda = arena_new(rq->arena, struct agenda_row, s->agenda.n);
	for (size_t i = 0; i < s->agenda.n; i++) {
		const struct agenda_item *at = &s->agenda.items[i];
		int index = scene_index(s, at->item);
		struct agenda_row *row = &m->agenda[m->n_agenda];

		if (index < 0)
			continue;
		m->n_agenda++;
		*row = (struct agenda_row){
			.id = at->item,
			.label = scene_text(rq, s, (size_t)index).label,
			.state = standing_words(rq->language, s, at->standing),
			.tag = opinions_tag(rq->language, opinions[index]),
			.number = (int)m->n_agenda,
			.is_here = at == here,
			.is_agreed = at->standing.state == ITEM_AGREED,
			.is_skipped = at->standing.state == ITEM_SKIPPED,
			.is_voting = at->standing.state == ITEM_VOTING,
		};
		n_agreed += row->is_agreed;
		n_skipped += row->is_skipped;
		row->go = desk_act(rq, s, "/workshop/go", at->item, "");
		if (!is_voting && at != here)
			row->go.label = row->label;
	}
	add_progress(rq, n_agreed, n_skipped, m);
	return 0;
}

static int add_easy(struct req *rq, const struct scene *s, struct desk_page *m, struct err *err)
{
	struct easy_item *easy;
	struct str *names;
	size_t n;
	int r = easy_items(rq, s, &easy, &n, err);

	if (r != 0)
		return r;
	names = arena_new(rq->arena, struct str, n);
	for (size_t i = 0; i < n; i++)
		names[i] = scene_text(rq, s, easy[i].index).label;
	m->n_easy = (int64_t)n;
	m->easy = fmt_list(rq->arena, rq->language, names, n);
	return 0;
}

/* What was typed and not stored. */
struct typed {
	struct str value, reason;
	bool is_refused; /* for what is wrong with it */
};

/* The value most often given in the last vote shown is proposed, unless another was typed; a tie proposes
 * nothing, the group decides. */
static struct form agree_form(struct req *rq, const struct scene *s, const struct item_view *item,
			      const struct typed *typed)
{
	struct str mode = item->n_spreads ? item->spreads[0].mode : S("");
	struct form f = form_make(rq, NULL, round_url(rq, s->round.id, "/workshop/agree"),
				  item->is_agreed ? N_("Change the agreed answer")
						  : N_("Record the agreed answer"),
				  item->is_revealed && item->vote == VOTE_SECOND);
	struct form_field *field =
		form_choose(&f, item->is_scale ? FIELD_SELECT : FIELD_LINES, "value",
			    N_("Agreed answer"), typed->value.len ? typed->value : mode);

	field->asks = true;
	for (size_t i = 0; i < item->n_choices; i++)
		(void)form_offer(&f, field, item->choices[i].value, item->choices[i].title);
	form_text(&f, "reason", N_("Reason"), typed->reason.len ? typed->reason : item->reason,
		  AGREEMENT_REASON_MAX, 2)
		->hint = tr(rq->language, "In the group’s words: it stands in the minutes.");
	form_hide(&f, "version", str_fmt(rq->arena, "%lld", (long long)s->workshop.version));
	form_hide(&f, "item", item->id);
	f.is_guarded = true;
	return f;
}

static int add_item(struct req *rq, const struct scene *s, const struct agenda_item *here,
		    const struct typed *typed, struct desk_page *m, struct err *err)
{
	int r = item_view_make(rq, s, here, &m->item, err);

	if (r != 0)
		return r;
	m->has_item = true;
	m->may_agree = item_may(here->standing, ITEM_AGREES);
	m->agree = agree_form(rq, s, &m->item, typed);
	return 0;
}

static int desk_make(struct req *rq, const struct scene *s, const struct typed *typed,
		     struct desk_page *ret, struct err *err)
{
	const struct agenda_item *here = scene_here(s);
	struct desk_page m = {
		.path = round_url(rq, s->round.id, "/workshop"),
		.title = s->round.terms.title,
		.code_spoken = room_code_words(rq->arena, s->workshop.code),
		.address = url_absolute(rq, "/w/%.*s", STR_ARG(s->workshop.code)),
		.site = rq->site,
		.version = s->workshop.version,
		.news = s->workshop.news,
		.timer = timer_view(rq, &s->workshop),
		.minutes = str_i64(rq->arena, MINUTES_DEFAULT),
	};
	int r = count_view(rq, s, 0, &m.count, err);

	if (r == 0 && here)
		r = add_item(rq, s, here, typed, &m, err);
	if (r == 0)
		r = add_easy(rq, s, &m, err);
	if (r == 0)
		r = add_agenda(rq, s, here, &m, err);
	if (r != 0)
		return r;
	m.qr = code_qr(rq, m.address, QR_SCREEN);
	add_acts(rq, s, here, &m);
	m.may_end = !m.count.is_voting;
	m.end = sure_act(
		rq, desk_act(rq, s, "/workshop/end", S(""), N_("End the workshop")),
		N_("Everybody leaves the room, and the minutes are ready. What is left open can be taken up again, with another code."),
		N_("End it now"));
	*ret = m;
	return 0;
}

/* The minutes that were refused, to be mended. */
static void keep_minutes(const struct req *rq, struct desk_page *m)
{
	for (size_t i = 0; i < rq->n_arg_errors; i++)
		if (strcmp(rq->arg_errors[i].name, "minutes") == 0) {
			m->minutes = rq->arg_errors[i].value;
			m->minutes_refused = true;
		}
}

static struct reply *desk_reply(struct req *rq, int status, const struct scene *s,
				struct str problem, const struct typed *typed)
{
	struct view v = view_make(rq);
	struct desk_page m;
	struct err err;
	int r = desk_make(rq, s, typed, &m, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	m.problem = problem;
	keep_minutes(rq, &m);
	if (typed->is_refused && m.may_agree)
		form_check(&m.agree);
	workshop_desk_page(&v, &m);
	return scene_reply(
		rq, status, s,
		&(struct layout){ .title = tr_fill(rq->arena, tr(rq->language, "Workshop: {title}"),
						   &(const struct tr_arg){ "title", m.title }, 1),
				  .here = tr(rq->language, "Workshop"),
				  .body = view_html(&v),
				  .has_events = true });
}

/* ---- handlers ---- */

/* The part that follows the room, for the page that shows the news `seen`. */
static struct reply *count_reply(struct req *rq, const struct scene *s)
{
	const struct desk_args *args = rq->args;
	struct view v = view_make(rq);
	struct count_view m;
	struct err err;
	int r;

	if (args->seen == s->workshop.news)
		return reply_empty(rq);
	r = count_view(rq, s, args->shown, &m, &err);
	if (r != 0)
		return scene_failed(rq, r, &err);
	workshop_count(&v, &m);
	return reply_page(rq, 200, view_html(&v).markup);
}

struct reply *desk_show(struct req *rq)
{
	const struct desk_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (!s.has_workshop)
		return start_reply(rq, &s);
	if (rq->is_partial)
		return count_reply(rq, &s);
	if (!s.workshop.is_open)
		return reply_redirect(rq, round_url(rq, s.round.id, "/workshop/minutes"));
	return desk_reply(rq, 200, &s, S(""), &(struct typed){ .is_refused = false });
}

struct reply *desk_again(struct req *rq, int status, struct str problem)
{
	const struct act_args *args = rq->args;
	struct scene s;
	struct err err;
	int r = scene_load(rq, args->round, &s, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	if (!s.has_workshop || !s.workshop.is_open)
		return reply_redirect(rq, round_url(rq, s.round.id, "/workshop"));
	return desk_reply(
		rq, status, &s, problem,
		&(struct typed){ args->value, args->reason, .is_refused = problem.len == 0 });
}

struct reply *desk_events(struct req *rq)
{
	const struct desk_args *args = rq->args;
	struct workshop w;
	struct err err;
	int r = workshop_load(rq->db, rq->arena, rq->actor.org_id, args->round, &w, &err);

	if (r != 0)
		return scene_failed(rq, r, &err);
	return reply_events(rq, workshop_desk_topic(rq->arena, &w), w.news, args->seen);
}
