/* Home and the pages of text. */
#include "phases/site/site.h"

#include "base/token.h"
#include "chart/chart.h"
#include "http/route_table.h"
#include "phases/app.h"
#include "phases/site/pages.h"
#include "phases/site/site_tpl.h"
#include "view/layout.h"

/* Public pages know who is signed in: the top bar leads back to one's work. *ret says whether those who are
 * not are offered to. */
static int meet(struct req *rq, bool *ret, struct err *err)
{
	struct actor actor;
	int r = session_check(rq, &actor, err);

	*ret = false;
	if (r < 0)
		return r;
	if (r != PERMIT_OK)
		return accounts_exist(rq, ret, err);
	rq->actor = actor;
	return 0;
}

static struct html route_drawing(struct req *rq, size_t n_milestones)
{
	return view_svg(chart_route_svg(rq->arena, &(struct chart_route){
		.words = {
			.id = "route",
			.title = tr(rq->language, "The path of the seven milestones"),
			.finding = tr(rq->language, "The path begins with the first milestone, which is open. The others follow, and the path climbs."),
		},
		.n_stones = n_milestones,
		.here_label = tr(rq->language, "Start here"),
	}));
}

/* Whoever belongs to one organisation goes straight there, others by their portfolio. */
static int add_way_in(struct req *rq, struct home_page *m, struct err *err)
{
	struct org_choice *orgs;
	size_t n;
	int r;

	if (!rq->actor.account_id)
		return 0;
	r = orgs_of(rq, rq->actor.account_id, ROLE_VIEWER, &orgs, &n, err);
	if (r != 0)
		return r;
	m->is_signed_in = true;
	m->to = n == 1 ? url(rq, "/o/%.*s", STR_ARG(id_text(rq->arena, orgs[0].id)))
		       : url(rq, "/portfolio");
	m->to_label = n == 1 ? tr_fill(rq->arena, tr(rq->language, "Go on at {name}"),
				       &(const struct tr_arg){ "name", orgs[0].name }, 1)
			     : tr(rq->language, "Your organisations");
	return 0;
}

static struct reply *home(struct req *rq)
{
	const struct pack *pack = app_of(rq)->pack;
	struct home_page m = {
		.summary = say(rq, &pack->summary),
		.route = route_drawing(rq, pack->n_milestones),
		.milestones = site_milestones(rq),
		.n_milestones = pack->n_milestones,
		.minutes = pack->scorecard.minutes,
		.n_questions = (int)pack->scorecard.def.n_questions,
		.has_contact = app_of(rq)->contact_url.len > 0,
		.contact = app_of(rq)->contact_url,
		.examples = app_of(rq)->examples,
		.n_examples = app_of(rq)->n_examples,
	};
	struct view v = view_make(rq);
	bool offers;
	struct err err;

	if (meet(rq, &offers, &err) != 0 || add_way_in(rq, &m, &err) != 0)
		return reply_fault(rq, &err);
	site_home_page(&v, &m);
	return layout_reply(
		rq, 200,
		&(struct layout){
			.title = tr(rq->language, "From data maturity to AI in production"),
			.body = view_html(&v),
			.offers_sign_in = offers,
		});
}

/* A page of text. */
static struct reply *text_reply(struct req *rq, const char *title, const struct view *v)
{
	bool offers;
	struct err err;

	if (meet(rq, &offers, &err) != 0)
		return reply_fault(rq, &err);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = tr(rq->language, title),
				    .body = view_html(v),
				    .is_narrow = true,
				    .offers_sign_in = offers,
			    });
}

/* ---- the method ---- */

static struct question_row options_of(struct req *rq, const struct scorecard_pack *pack, size_t i)
{
	const struct question *q = &pack->def.questions[i];
	bool is_scale = q->kind == QUESTION_SCALE;
	struct question_row row = {
		.number = (int)i + 1,
		.label = say(rq, &pack->questions[i].label),
		.n_options = is_scale ? q->n_steps : q->n_options,
	};

	row.options = arena_new(rq->arena, struct option_row, row.n_options);
	for (size_t k = 0; k < row.n_options; k++) {
		if (is_scale)
			row.options[k] =
				(struct option_row){ str_fmt(rq->arena, "%d–%d", q->steps[k].from,
							     q->steps[k].to),
						     q->steps[k].points };
		else
			row.options[k] =
				(struct option_row){ say(rq, &pack->questions[i].options[k].title),
						     q->options[k].points };
	}
	return row;
}

static struct str quoted(const struct req *rq, const struct text *answer)
{
	return tr_fill(rq->arena, tr(rq->language, "“{answer}”"),
		       &(const struct tr_arg){ "answer", say(rq, answer) }, 1);
}

/* "Asked only for these answers to “BI practice”: “a” and “b”." */
static struct str condition_words(struct req *rq, const struct scorecard_pack *pack,
				  const struct question *q)
{
	const struct term *t;
	struct str *titles;

	if (q->asked_when.n == 0)
		return (struct str){ 0 };
	/* The loader allows several; one term is what packs say of a question. */
	t = &q->asked_when.items[0].items[0];
	titles = arena_new(rq->arena, struct str, t->n);
	for (size_t i = 0; i < t->n; i++)
		if (t->answers[i].kind == ANSWER_OPTION)
			titles[i] = quoted(
				rq,
				&pack->questions[t->question].options[t->answers[i].value].title);
	return tr_fill(rq->arena,
		       tr(rq->language, "Asked only for these answers to “{question}”: {answers}."),
		       (const struct tr_arg[]){
			       { "question", say(rq, &pack->questions[t->question].label) },
			       { "answers", fmt_list(rq->arena, rq->language, titles, t->n) } },
		       2);
}

static void add_questions(struct req *rq, const struct scorecard_pack *pack, struct method_page *m)
{
	m->n_questions = pack->def.n_questions;
	m->questions = arena_new(rq->arena, struct question_row, m->n_questions);
	m->n_leverage = m->n_questions;
	m->leverage = arena_new(rq->arena, struct str, m->n_questions);
	for (size_t i = 0; i < m->n_questions; i++) {
		m->questions[i] = options_of(rq, pack, i);
		m->questions[i].condition = condition_words(rq, pack, &pack->def.questions[i]);
		m->leverage[i] = say(rq, &pack->questions[pack->def.leverage[i]].label);
	}
}

static struct reply *method(struct req *rq)
{
	const struct pack *pack = app_of(rq)->pack;
	const struct scorecard_pack *sc = &pack->scorecard;
	struct method_page m = {
		.bands = arena_new(rq->arena, struct band_row, sc->def.n_bands),
		.n_bands = sc->def.n_bands,
		.max = sc->def.max,
		.pack_id = pack->id,
		.pack_version = pack->version,
	};
	struct view v = view_make(rq);

	for (size_t i = 0; i < m.n_bands; i++)
		m.bands[i] = (struct band_row){ say(rq, &sc->bands[i].title),
						say(rq, &sc->bands[i].estimate),
						sc->def.bands[i].min, sc->def.bands[i].max };
	add_questions(rq, sc, &m);
	site_method_page(&v, &m);
	return text_reply(rq, N_("How the score is computed"), &v);
}

/* ---- texts ---- */

static struct reply *text(struct req *rq, const char *title,
			  void (*render)(struct view *, const struct text_page *))
{
	struct text_page m = {
		.has_contact = app_of(rq)->contact_url.len > 0,
		.contact = app_of(rq)->contact_url,
	};
	struct view v = view_make(rq);

	render(&v, &m);
	return text_reply(rq, title, &v);
}

static struct reply *privacy(struct req *rq)
{
	return text(rq, N_("Personal data"), site_privacy_page);
}

static struct reply *accessibility(struct req *rq)
{
	return text(rq, N_("Accessibility"), site_accessibility_page);
}

#ifdef JALON_DEBUG
/* The sample speaks of plain names; what is served has the content's hash in its name. */
static void put_with_assets(struct view *v, struct str markup)
{
	static const struct str plain = STR("/assets/icons.svg");

	for (size_t i = 0; i < markup.len; i++) {
		struct str rest = str_slice(markup, i, markup.len);

		if (!str_starts(rest, plain)) {
			view_raw(v, rest.data, 1);
			continue;
		}
		view_asset(v, "icons.svg");
		i += plain.len - 1;
	}
}

static struct reply *styleguide(struct req *rq)
{
	struct view v = view_make(rq);

	put_with_assets(&v, site_styleguide);
	return layout_reply(rq, 200,
			    &(struct layout){
				    .title = S("Style guide"),
				    .body = view_html(&v),
			    });
}
#endif

const struct route site_routes[] = {
	GET_PAGE("/", home, permission_public, NULL, "home: the seven milestones"),
	GET_PAGE("/method", method, permission_public, NULL, "how the score is computed"),
	GET_PAGE("/privacy", privacy, permission_public, NULL, "what is kept and who sees it"),
	GET_PAGE("/accessibility", accessibility, permission_public, NULL,
		 "accessibility statement"),
#ifdef JALON_DEBUG
	GET_PAGE("/styleguide", styleguide, permission_public, NULL,
		 "every component (debug builds)"),
#endif
	{ .handler = NULL },
};
