/* Who answered what, of a named campaign: those who run it read it, as respondents were told. An anonymous one
 * has no such page. */
#include "base/token.h"
#include "people/org_page.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/queries.h"
#include "phases/scorecard/scorecard_tpl.h"
#include "view/layout.h"

/* What both pages need to say who it is. */
struct senders {
	struct campaign_facts facts;
	struct scorecard_department_list_rows departments;
};

/* DB_NOT_FOUND also of an anonymous campaign. */
static int senders_load(struct req *rq, int64_t round_id, struct senders *ret, struct err *err)
{
	int r = campaign_facts(rq, round_id, &ret->facts, err);

	if (r == 0 && ret->facts.round.terms.mode != ROUND_NOMINATIVE)
		return DB_NOT_FOUND;
	if (r == 0)
		r = scorecard_department_list(rq->db, rq->arena, rq->actor.org_id,
					      &ret->departments, err);
	return r;
}

static struct sender_view sender_view(struct req *rq, const struct senders *all,
				      const struct sender *s)
{
	struct str id = id_text(rq->arena, s->sheet_id);

	return (struct sender_view){
		.path = campaign_url(rq, all->facts.round.id,
				     str_fmt(rq->arena, "/answers/%.*s", STR_ARG(id)).data),
		.name = s->name.len ? s->name : s->email,
		.email = s->name.len ? s->email : S(""),
		.department = department_name(&all->departments, s->department_id),
		.sent = when_words(rq, all->facts.org.time_zone, s->sent_ms),
	};
}

/* ---- who ---- */

static struct str page_path(struct req *rq, const struct senders *all, int64_t page)
{
	return campaign_url(rq, all->facts.round.id,
			    str_fmt(rq->arena, "/answers?page=%lld", (long long)page).data);
}

struct reply *campaign_answers(struct req *rq)
{
	const struct answers_args *args = rq->args;
	struct view v = view_make(rq);
	struct answers_page m = { .page = args->page ? args->page : 1, .was_erased = args->erased };
	struct senders all;
	struct sender *list;
	struct err err;
	bool has_more;
	int r = senders_load(rq, args->round, &all, &err);

	if (r == 0)
		r = sender_list(rq->db, rq->arena, &all.facts.round, m.page - 1, &list, &m.n,
				&has_more, &err);
	/* No page but the first is empty. */
	if (r == 0 && m.n == 0 && m.page > 1)
		r = DB_NOT_FOUND;
	if (r != 0)
		return campaign_failed(rq, r, &err);
	m.back = campaign_url(rq, args->round, "");
	m.n_sent = all.facts.n_sent;
	m.forgotten = forgotten_words(rq, &all.facts.round, all.facts.org.time_zone);
	m.n_pages = (m.n_sent + SENDERS_PER_PAGE - 1) / SENDERS_PER_PAGE;
	m.previous = m.page > 1 ? page_path(rq, &all, m.page - 1) : S("");
	m.next = has_more ? page_path(rq, &all, m.page + 1) : S("");
	m.rows = arena_new(rq->arena, struct sender_view, m.n);
	for (size_t i = 0; i < m.n; i++)
		m.rows[i] = sender_view(rq, &all, &list[i]);
	scorecard_answers_page(&v, &m);
	return campaign_reply(rq, 200, &all.facts.round,
			      &(struct layout){ .title = tr(rq->language, "Who answered what"),
						.body = view_html(&v) });
}

/* ---- what ---- */

/* A page below the list of who answered: `l` but for its crumbs. */
static struct reply *person_reply(struct req *rq, const struct round *round, const struct layout *l)
{
	const struct crumb crumbs[] = {
		{ campaign_url(rq, round->id, ""), round->terms.title },
		{ campaign_url(rq, round->id, "/answers"), tr(rq->language, "Who answered what") },
	};

	return org_reply_below(rq, 200, l, TAB_CAMPAIGNS, crumbs, 2);
}

/* Who sent the sheet of the path: only what was sent, in this campaign. */
static int person_load(struct req *rq, struct senders *all, struct sender *ret, struct err *err)
{
	const struct person_answers_args *args = rq->args;
	int r = senders_load(rq, args->round, all, err);

	if (r == 0)
		r = sender_load(rq->db, rq->arena, &all->facts.round, args->sheet, ret, err);
	return r;
}

struct reply *campaign_person_answers(struct req *rq)
{
	const struct person_answers_args *args = rq->args;
	struct view v = view_make(rq);
	struct person_answers_page m;
	struct senders all;
	struct sender who;
	struct sheet sheet;
	struct result result;
	struct err err;
	int r = person_load(rq, &all, &who, &err);

	rq->actor.subject_id = args->sheet;
	if (r == 0)
		r = sheet_load(rq, &sheet, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	result = result_make(rq, &sheet);
	m = (struct person_answers_page){
		.back = campaign_url(rq, args->round, "/answers"),
		.who = sender_view(rq, &all, &who),
		.r = &result,
	};
	m.erase = str_fmt(rq->arena, "%.*s/erase", STR_ARG(m.who.path));
	scorecard_person_answers_page(&v, &m);
	return person_reply(rq, &all.facts.round,
			    &(struct layout){ .title = m.who.name.len ? m.who.name
								      : tr(rq->language, "no name"),
					      .body = view_html(&v) });
}

/* ---- erasing it ---- */

struct reply *campaign_person_erase_ask(struct req *rq)
{
	struct view v = view_make(rq);
	struct person_erase_page m;
	struct senders all;
	struct sender who;
	struct err err;
	int r = person_load(rq, &all, &who, &err);

	if (r != 0)
		return campaign_failed(rq, r, &err);
	m = (struct person_erase_page){
		.who = sender_view(rq, &all, &who),
		.is_invited = who.is_invited,
		.n_left = all.facts.n_sent - 1,
		.threshold = all.facts.round.terms.threshold,
	};
	m.back = m.who.path;
	m.action = str_fmt(rq->arena, "%.*s/erase", STR_ARG(m.who.path));
	m.is_too_few = all.facts.n_sent == m.threshold;
	scorecard_person_erase_page(&v, &m);
	return person_reply(rq, &all.facts.round,
			    &(struct layout){ .title = tr(rq->language, "Erase these answers?"),
					      .body = view_html(&v),
					      .is_narrow = true });
}

/* The answers go; the link they came by leads to nothing until it is opened again. */
static int forget(struct req *rq, const struct round *round, const struct sender *who,
		  struct err *err)
{
	int r = ballot_forget(rq->db, rq->arena, round, who->sheet_id, err);

	if (r == 0 && who->is_invited) {
		r = participant_revoke(rq->db, round, who->participant_id, rq->now_ms, err);
		r = r == ROUND_ALREADY ? 0 : r;
	}
	if (r != 0)
		return r;
	/* Whose they were is not kept. */
	return audit_add(rq,
			 &(struct audit_entry){
				 .action = N_("erased what one person answered"),
				 .object_kind = "round",
				 .object_id = round->id,
				 .after = audit_value(rq->arena, "title", round->terms.title),
			 },
			 err);
}

struct reply *campaign_person_erase(struct req *rq)
{
	struct senders all;
	struct sender who;
	struct err err;
	int r = person_load(rq, &all, &who, &err);

	if (r == 0)
		r = forget(rq, &all.facts.round, &who, &err);
	/* Taken back in between by whom it belongs to: nothing is left to erase here. */
	if (r != 0 && r != ROUND_ALREADY)
		return campaign_failed(rq, r, &err);
	return reply_redirect(rq, campaign_url(rq, all.facts.round.id, "/answers?erased=1"));
}
