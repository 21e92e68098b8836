/*
 * The demonstration on both databases: what it is filled with counts up, and every page that its two accounts are
 * led to answers, in both languages.
 */
#include "store/store.h"

#include "base/buf.h"
#include "base/map.h"
#include "harness/product.h"
#include "http/visit.h"
#include "people/demo.h"
#include "phases/scorecard/demo.h"
#include "rounds/tally.h"

enum { PAGES_MAX = 1500 };

struct scene {
	struct store *store;
	struct arena *a;
	struct product *p;
};

static struct scene scene_of(void **state)
{
	struct scene s = { .store = *state };
	struct hmac_key key;
	struct err err;

	s.a = &s.store->arena;
	s.p = product_make(s.a, s.store->pool);
	key = hmac_key(s.p->config.secret);
	assert_ok(demo_fill(&(struct demo_site){ s.store->pool, &key, &s.p->app }, s.a,
			    s.p->app.examples, &err),
		  &err);
	s.p->app.n_examples = DEMO_SHEETS;
	return s;
}

/* ---- walking ---- */

/* Pages found and not yet asked for. */
struct walk {
	struct scene *s;
	const char *headers, *query;
	bool leaves_documents; /* PDF and DOCX: each takes longer than all pages together */
	struct map seen;
	struct str found[PAGES_MAX];
	size_t n;
};

static bool is_document(struct str path)
{
	return str_contains(path, S(".pdf")) || str_contains(path, S(".docx"));
}

static void note_link(struct walk *w, struct str to)
{
	struct str rest = to, path = str_cut(&rest, '#');

	if (w->leaves_documents && is_document(path))
		return;
	/* The same page in the other language is the other test's. */
	if (!str_starts(path, S("/o/")) || str_contains(path, S("lang=")) ||
	    map_add(&w->seen, path, w))
		return;
	assert_true(w->n < PAGES_MAX);
	w->found[w->n++] = path;
}

static void note_links(struct walk *w, struct str html)
{
	static const char before[] = "href=\"";
	const char *at;

	while ((at = memmem(html.data, html.len, before, strlen(before)))) {
		struct str link;

		html = str_slice(html, (size_t)(at - html.data) + strlen(before), html.len);
		link = html;
		note_link(w, visit_unescape(w->s->a, str_cut(&link, '"')));
	}
}

static struct response ask(const struct walk *w, struct str path)
{
	bool has_query = str_contains(path, S("?"));
	const char *target =
		str_fmt(w->s->a, "%.*s%c%s", STR_ARG(path), has_query ? '&' : '?', w->query).data;

	return site_request(w->s->p->site, "GET", target, w->headers, S(""));
}

/* Whether the path is a campaign's own page: "/o/{org}/rounds/{round}". */
static bool is_campaign(struct str path)
{
	enum { ID = 13 };
	struct str before = S("/rounds/");

	return path.len > ID + before.len && str_ends(str_slice(path, 0, path.len - ID), before);
}

/* Every page that `account` finds from the portfolio on. */
static struct walk *walk_all(struct scene *s, enum language language, size_t account)
{
	struct walk *w = arena_new(s->a, struct walk, 1);
	struct response got = site_post(s->p->site, "/sign-in",
					str_fmt(s->a, "email=%.*s&next=&password=" DEMO_PASSWORD,
						STR_ARG(demo_accounts[account].email))
						.data);
	size_t n_orgs;
	struct str rest = answer_header(&got, "Set-Cookie"), cookie = str_cut(&rest, ';');

	assert_status(&got, 303);
	*w = (struct walk){
		.s = s,
		.headers = str_fmt(s->a, "Cookie: %.*s\n", STR_ARG(cookie)).data,
		.leaves_documents = language == LANG_EN || account == DEMO_VIEWER,
		.query = language == LANG_EN ? "lang=en" : "lang=fr",
		.seen = map_make(s->a),
	};
	got = ask(w, S("/portfolio"));
	assert_status(&got, 200);
	note_links(w, got.body);
	n_orgs = w->n;
	assert_int_equal(n_orgs, 3);
	for (size_t i = 0; i < n_orgs; i++)
		note_link(w, str_fmt(s->a, "%.*s/plan", STR_ARG(w->found[i])));
	for (size_t i = 0; i < w->n; i++) {
		got = ask(w, w->found[i]);
		if (got.status == 303) { /* a workshop that is over leads to its minutes */
			assert_true(str_ends(w->found[i], S("/workshop")));
			note_link(w, answer_header(&got, "Location"));
			continue;
		}
		if (got.status != 200)
			print_error("# %.*s\n", STR_ARG(w->found[i]));
		assert_status(&got, 200);
		if (is_campaign(w->found[i]))
			note_link(w, str_fmt(s->a, "%.*s/results", STR_ARG(w->found[i])));
		if (str_starts(answer_header(&got, "Content-Type"), S("text/html")))
			note_links(w, got.body);
	}
	return w;
}

static size_t count_ending(const struct walk *w, const char *end)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += str_ends(w->found[i], str_from(end));
	return n;
}

static void walk_as(void **state, enum language language)
{
	struct scene s = scene_of(state);
	struct walk *owner = walk_all(&s, language, DEMO_CONSULTANT);
	struct walk *viewer = walk_all(&s, language, DEMO_VIEWER);

	assert_int_equal(count_ending(owner, "/settings"), 3);
	assert_int_equal(count_ending(owner, "/plan"), 3);
	/* The draft has nothing to show. */
	assert_true(count_ending(owner, "/results") >= 3);
	assert_true(count_ending(owner, "/workshop") >= 3);
	assert_int_equal(count_ending(owner, "/participants"), 1);
	assert_int_equal(count_ending(viewer, "/plan"), 3);
	assert_true(count_ending(viewer, "/results") >= 3);
}

static void every_page_answers_in_french(void **state)
{
	walk_as(state, LANG_FR);
}

static void every_page_answers_in_english(void **state)
{
	walk_as(state, LANG_EN);
}

/* ---- what is in it ---- */

static void counting_again_finds_nothing_wrong(void **state)
{
	struct scene s = scene_of(state);
	struct tally_check check;
	struct db *db;
	struct err err;

	assert_ok(db_read_begin(s.store->pool, &db, &err), &err);
	assert_ok(tally_recount(db, s.a, &check, &err), &err);
	db_read_end(s.store->pool, db);
	assert_int_equal(check.n_faults, 0);
	assert_int_equal(check.n_rounds, 4);
	/* 31 and 43 at Orival, 12 at Belloy. */
	assert_int_equal(check.n_sheets, 86);
}

static void is_at_three_stages(void **state)
{
	struct scene s = scene_of(state);

	assert_string_equal(
		store_rows(
			s.store,
			"SELECT o.name, r.title, r.state, r.mode, coalesce(sum(t.n), 0)"
			" FROM round r JOIN org o ON o.id = r.org_id"
			" LEFT JOIN tally t ON t.round_id = r.id AND t.vote = 1 AND t.item = ''"
			" GROUP BY r.id, o.name, r.title, r.state, r.mode, r.opened_ms ORDER BY r.opened_ms IS NULL, r.opened_ms")
			.data,
		"Réseau Orival|Point de départ|closed|anonymous|31\n"
		"Réseau Orival|Neuf mois après|closed|anonymous|43\n"
		"Maison Belloy|Carte de performance de printemps|open|nominative|12\n"
		"Ateliers Brindille|Premier état des lieux|draft|anonymous|0\n");
	assert_string_equal(
		store_rows(s.store, "SELECT state, count(*) FROM participant WHERE name IS NOT NULL"
				    " GROUP BY state ORDER BY state")
			.data,
		"answered|12\nbegun|4\ninvited|8\n");
	/* Whoever answered without a name is led to by nothing. */
	assert_int_equal(store_sql(s.store,
				   "SELECT count(*) FROM sheet s JOIN round r ON r.id = s.round_id"
				   " WHERE r.mode = 'anonymous' AND s.participant_id IS NOT NULL"),
			 0);
}

/* The answers are drawn alike every time; if this fails, so was the drawing changed. */
static void is_the_same_every_time(void **state)
{
	struct scene s = scene_of(state);

	assert_string_equal(
		store_rows(
			s.store,
			"SELECT r.title, t.value, sum(t.n) FROM tally t JOIN round r ON r.id = t.round_id"
			" WHERE t.vote = 1 AND t.item = 'it-support' AND t.value <> '' GROUP BY r.title, t.value"
			" ORDER BY r.title, t.value")
			.data,
		"Carte de performance de printemps|no|6\n"
		"Carte de performance de printemps|partial|4\n"
		"Carte de performance de printemps|yes|2\n"
		"Neuf mois après|no|25\n"
		"Neuf mois après|partial|8\n"
		"Neuf mois après|yes|10\n"
		"Point de départ|no|18\n"
		"Point de départ|partial|11\n"
		"Point de départ|yes|2\n");
}

static void shows_what_it_is_for(void **state)
{
	struct scene s = scene_of(state);
	struct walk *w = walk_all(&s, LANG_FR, DEMO_VIEWER);
	bool hides = false, is_late = false;

	for (size_t i = 0; i < w->n; i++) {
		struct response got;

		if (!str_ends(w->found[i], S("/results")) && !str_ends(w->found[i], S("/plan")))
			continue;
		got = ask(w, w->found[i]);
		hides |= str_contains(got.body, S("protéger"));
		is_late |= str_contains(got.body, S("en retard"));
	}
	assert_true(hides);
	assert_true(is_late);
}

TEST_MAIN(store_test(every_page_answers_in_french), store_test(every_page_answers_in_english),
	  store_test(counting_again_finds_nothing_wrong), store_test(is_at_three_stages),
	  store_test(is_the_same_every_time), store_test(shows_what_it_is_for))
