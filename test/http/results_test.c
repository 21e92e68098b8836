/*
 * A campaign's results on both databases: the figures are the calculator's, nothing is shown under the
 * threshold or of an anonymous campaign that is open, and nothing hidden follows from what is shown.
 */
#include "http/campaign_scene.h"

#include <jansson.h>

#include "base/buf.h"
#include "calc/calc.h"
#include "phases/scorecard/scorecard.h"

#include "http/unzip.h"

enum { ROUNDS = 4 };

static struct str results(struct scene *s)
{
	struct response got = get_text(s, "/results?lang=en");

	assert_status(&got, 200);
	return got.body;
}

/* An open campaign by the public link, which asks for the department. */
static void hold(struct scene *s, const char *title, const char *fields)
{
	launch(s,
	       str_fmt(s->a, "title=%s&threshold=5&access=public&asks_department=1&%s", title,
		       fields)
		       .data,
	       NULL);
}

/* `n` people who say the same. */
static void respond_all(struct scene *s, int n, int department, const char *form)
{
	for (int i = 0; i < n; i++)
		respond(s, department, form);
}

/* ---- the figures are the calculator's ---- */

static unsigned draw(uint32_t *state, unsigned n)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % n;
}

static struct answer draw_answer(uint32_t *state, const struct question *q)
{
	unsigned how = draw(state, 8);

	if (how == 0)
		return (struct answer){ .kind = ANSWER_MISSING };
	if (how == 1)
		return (struct answer){ .kind = ANSWER_UNKNOWN };
	if (q->kind == QUESTION_SCALE)
		return (struct answer){
			ANSWER_LEVEL,
			q->scale_min + (int)draw(state, (unsigned)(q->scale_max - q->scale_min + 1))
		};
	return (struct answer){ ANSWER_OPTION, (int)draw(state, (unsigned)q->n_options) };
}

/* Answers as a form sends them, and as the calculator reads those that count. */
static const char *draw_sheet(struct scene *s, uint32_t *state, struct buf *json)
{
	const struct scorecard *def = &s->p->app.pack->scorecard.def;
	struct answer answers[SCORECARD_QUESTIONS_MAX], asked[SCORECARD_QUESTIONS_MAX];
	struct buf form = buf_make(s->a, 4096);
	const char *comma = "";

	for (size_t i = 0; i < def->n_questions; i++) {
		struct str value;

		answers[i] = draw_answer(state, &def->questions[i]);
		value = answer_text(s->a, &def->questions[i], answers[i]);
		if (value.len)
			buf_fmt(&form, "%s%.*s=%.*s", form.len ? "&" : "",
				STR_ARG(def->questions[i].id), STR_ARG(value));
	}
	answers_asked(def, answers, asked);
	for (size_t i = 0; i < def->n_questions; i++) {
		struct str value = answer_text(s->a, &def->questions[i], asked[i]);

		if (value.len == 0)
			continue;
		buf_fmt(json,
			asked[i].kind == ANSWER_LEVEL ? "%s\"%.*s\":%.*s" : "%s\"%.*s\":\"%.*s\"",
			comma, STR_ARG(def->questions[i].id), STR_ARG(value));
		comma = ",";
	}
	return str_c(s->a, buf_str(&form));
}

/* Twelve people or so, some without a department: what the calculator is to be asked. */
static struct str draw_round(struct scene *s, uint32_t *state)
{
	struct buf json = buf_make(s->a, 64 * 1024);
	int n = 6 + (int)draw(state, 8);

	buf_puts(&json, "{\"pack\":\"carte-performance\",\"threshold\":5,\"responses\":[");
	for (int i = 0; i < n; i++) {
		int department = (int)draw(state, 3) - 1;

		buf_puts(&json, i ? ",{" : "{");
		if (department >= 0)
			buf_fmt(&json, "\"department\":\"%s\",", department_names[department]);
		buf_puts(&json, "\"answers\":{");
		respond(s, department, draw_sheet(s, state, &json));
		buf_puts(&json, "}}");
	}
	buf_puts(&json, "]}");
	return buf_str(&json);
}

static json_t *compute(struct scene *s, struct str document)
{
	struct calc_errors errors = { .n = 0 };
	struct arena scratch;
	struct str out;
	int r;

	arena_init(&scratch, CALC_SCRATCH_BYTES);
	r = calc_run(s->a, scratch, LANG_EN, CALC_CONSOLIDATE, document, &out, &errors);
	arena_release(&scratch);
	if (r != CALC_OK)
		fail_msg("%.*s: %.*s", STR_ARG(document), STR_ARG(errors.items[0].message));
	return json_loadb(out.data, out.len, 0, NULL);
}

/* What follows the next `before` in the page, up to `end`. */
static struct str after(struct str *page, const char *before, char end)
{
	const char *at = memmem(page->data, page->len, before, strlen(before));

	if (!at)
		fail_msg("no “%s” in the page", before);
	*page = str_slice(*page, (size_t)(at - page->data) + strlen(before), page->len);
	return str_cut(page, end);
}

/* A number of the calculator as pages write it: at most one decimal. */
static const char *decimal(struct scene *s, json_t *number)
{
	return str_c(s->a, fmt_fixed(s->a, LANG_EN, (int64_t)(json_number_value(number) * 10 + 0.5),
				     1, true));
}

static void assert_questions(struct scene *s, struct str page, json_t *want)
{
	json_t *order = json_object_get(want, "disagreement"), *questions, *id, *q = NULL;
	size_t i, k;

	questions = json_object_get(want, "questions");
	json_array_foreach(order, i, id)
	{
		assert_str(after(&page, "data-question=\"", '"'), json_string_value(id));
		json_array_foreach(questions, k,
				   q) if (json_equal(json_object_get(q, "id"), id)) break;
		assert_str(after(&page, "data-figure=\"median\">", '<'),
			   decimal(s, json_object_get(q, "median")));
		if (json_is_number(json_object_get(q, "mode_share")))
			/* Of a tie it says that each has it. */
			assert_true(str_contains(
				after(&page, "data-figure=\"mode-share\">", '<'),
				str_fmt(s->a, "%d%%",
					(int)(json_number_value(json_object_get(q, "mode_share")) *
						      100 +
					      0.5 + 1e-9))));
		assert_str(after(&page, "data-figure=\"unknown\">", '<'),
			   str_fmt(s->a, "%lld",
				   (long long)json_integer_value(json_object_get(q, "unknown")))
				   .data);
	}
}

static void assert_departments(struct scene *s, struct str page, json_t *want)
{
	json_t *shown = json_object_get(want, "departments"), *d;
	size_t i;

	json_array_foreach(shown, i, d) assert_true(str_contains(
		page, str_fmt(s->a, "%s <span class=\"muted small nw\">%lld answer",
			      json_string_value(json_object_get(d, "name")),
			      (long long)json_integer_value(json_object_get(d, "respondents")))));
	for (i = 0; i < DEPARTMENTS; i++) {
		struct str mine = str_fmt(s->a, "<th scope=\"row\">%s", department_names[i]);
		struct str rest = page;
		struct str row;
		bool is_shown = false;
		size_t k;

		json_array_foreach(shown, k, d) is_shown |=
			strcmp(json_string_value(json_object_get(d, "name")),
			       department_names[i]) == 0;
		(void)after(&rest, str_c(s->a, mine), '<');
		row = str_slice(rest, 0, 60);
		assert_int_equal(is_shown, str_contains(row, S("small nw")));
	}
}

static void the_figures_are_the_calculators(void **state)
{
	struct scene s = scene_of(state);
	uint32_t random = 20261126;

	for (int i = 0; i < ROUNDS; i++) {
		struct str page, whole;
		json_t *want;

		hold(&s, "Drawn", "mode=nominative");
		want = compute(&s, draw_round(&s, &random));
		page = whole = results(&s);
		assert_str(after(&page, "data-score=\"", '"'),
			   decimal(&s, json_object_get(want, "score")));
		assert_str(after(&page, "data-band=\"", '"'),
			   json_string_value(json_object_get(want, "band")));
		assert_str(
			after(&page, "<dd data-figure=\"n\">", '<'),
			str_fmt(s.a, "%lld",
				(long long)json_integer_value(json_object_get(want, "respondents")))
				.data);
		assert_questions(&s, whole, want);
		assert_departments(&s, whole, want);
		json_decref(want);
	}
}

/* How often `answer` was given to `question`, as it stands in the table; empty when it has no row. */
static struct str given(struct scene *s, struct str page, const char *question, const char *answer)
{
	const char *start = str_fmt(s->a, "<tbody data-question=\"%s\">", question).data;
	const char *at = memmem(page.data, page.len, start, strlen(start)), *end;
	const char *row = str_fmt(s->a, "<tr data-answer=\"%s\">", answer).data;
	struct str part;

	assert_non_null(at);
	end = memmem(at, (size_t)(page.data + page.len - at), "</tbody>\n<tbody", 16);
	part = str_make(at, (size_t)((end ? end : page.data + page.len) - at));
	at = memmem(part.data, part.len, row, strlen(row));
	if (!at)
		return S("");
	part = str_make(at, (size_t)(part.data + part.len - at));
	return after(&part, "data-figure=\"count\">", '<');
}

static void not_asked_is_no_answer_and_no_unknown(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str page;

	hold(&s, "Asked", "mode=anonymous");
	respond_all(&s, 3, 0, "bi-practice=yes&bi-success=7");
	respond_all(&s, 2, 0, "bi-practice=yes&bi-success=unknown");
	respond(&s, 0, "bi-practice=yes");
	respond_all(&s, 4, 0, "bi-practice=no");
	close_it(&s);
	page = results(&s);
	assert_str(given(&s, page, "bi-success", "7"), "3 (60%)");
	assert_str(given(&s, page, "bi-success", "unknown"), "2 (40%)");
	assert_str(given(&s, page, "bi-success", "not-asked"), "4");
	assert_str(given(&s, page, "bi-success", "blank"), "1");
	assert_str(given(&s, page, "bi-practice", "not-asked"), "");
	assert_true(str_contains(
		page,
		S("Asked of 6 people of 10. 7: 3 (60%), I don’t know: 2 (40%), "
		  "not asked: 4 and no answer: 1; most frequent: “7 out of 10” (60%)</desc>")));
	assert_true(str_contains(page, S("not asked: no answer at all</li>")));
	assert_true(str_contains(page, S("class=\"no\"")));
	got = get(&s, "/results.csv?lang=en&sort=pack");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("“I don’t know”,Not asked,Left blank,Opinions,")));
	assert_true(str_contains(got.body, S("\nbi-success,BI success,Data,")));
	assert_true(str_contains(got.body, S(",2,4,1,Mixed opinions,")));
	/* In the report its heading stays with the drawing, and whom to ask is said to be that. */
	got = get(&s, "/results.docx?lang=en&sort=pack");
	assert_status(&got, 200);
	page = unzip_file(s.a, got.body, "word/document.xml");
	assert_true(str_contains(page, S("Whom to ask: ")));
	(void)after(&page, ">BI success</w:t></w:r><w:bookmarkEnd", '>');
	(void)after(&page, "<w:pStyle w:val=\"Normal\"/><w:keepNext/>", '>');
	assert_true(str_contains(after(&page, "Asked of 6 people of 10.", 'd'),
				 S("<w:pStyle w:val=\"Figure\"/>")));
}

static void a_tie_says_how_many_answers_share_it(void **state)
{
	static const char *const answers[] = { "poc=none&etl=no", "poc=one&etl=no",
					       "poc=several&etl=yes" };
	struct scene s = scene_of(state);
	struct str page;

	hold(&s, "Tied", "mode=nominative");
	for (size_t i = 0; i < 3; i++)
		respond_all(&s, 2, 0, answers[i]);
	respond_all(&s, 2, 0, "etl=yes");
	page = results(&s);
	(void)after(&page, "data-question=\"poc\"", '>');
	assert_str(after(&page, "data-figure=\"mode\">", '<'), "no answer stands out");
	assert_str(after(&page, "data-figure=\"mode-share\">", '<'), "3 answers with 33% each");
	(void)after(&page, "data-question=\"etl\"", '>');
	assert_str(after(&page, "data-figure=\"mode-share\">", '<'), "50% each");
}

/* ---- what is hidden ---- */

static const char *const downloads[] = { "/results.pdf", "/results.docx", "/results.xlsx",
					 "/results.csv", "/results/what-if?lineage=yes" };

/* Nothing of the results anywhere, for the reason `why`. */
static void assert_nothing(struct scene *s, const char *why)
{
	struct str page = results(s);
	struct response got = get(s, "/results/comments?question=lineage&lang=en");

	assert_true(str_contains(page, str_from(why)));
	assert_false(str_contains(page, S("data-score")));
	assert_false(str_contains(page, S("data-figure")));
	assert_false(str_contains(page, S("<svg class=\"mini")));
	assert_status(&got, 200);
	assert_true(str_contains(visit_unescape(s->a, got.body), str_from(why)));
	assert_false(str_contains(got.body, S("Whispered")));
	for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++) {
		got = get(s, downloads[i]);
		assert_status(&got, 303);
		assert_true(str_contains(answer_header(&got, "Location"), S("/results")));
		assert_int_equal(got.body.len, 0);
	}
	got = post(s, "/results/agree", "question=lineage&value=yes&reason=because");
	assert_status(&got, 303);
	assert_int_equal(store_sql(s->v->store, "SELECT count(*) FROM agreement"), 0);
}

static void nothing_is_shown_under_the_threshold(void **state)
{
	struct scene s = scene_of(state);

	hold(&s, "Few", "mode=anonymous");
	respond_all(&s, 4, 0, "lineage=yes&lineage.comment=Whispered");
	assert_nothing(&s, "still open");
	respond(&s, 0, "lineage=no");
	/* Enough now; but who comes next would be told by two looks. */
	assert_nothing(&s, "still open");
	close_it(&s);
	assert_true(str_contains(results(&s), S("data-score")));

	hold(&s, "Fewer", "mode=anonymous");
	respond_all(&s, 4, 0, "lineage=yes&lineage.comment=Whispered");
	close_it(&s);
	assert_nothing(&s, "4 of the 5 answers needed came. This campaign is closed and anonymous");

	/* Respondents of a named one are known: nothing is hidden to protect them. */
	hold(&s, "Named", "mode=nominative");
	respond_all(&s, 4, 0, "lineage=yes&lineage.comment=Whispered");
	assert_nothing(&s, "4 of the 5 answers needed are here so far.");
	assert_false(str_contains(results(&s), S("protect")));
	close_it(&s);
	assert_nothing(&s, "4 of the 5 answers needed came before this campaign was closed.");
	assert_false(str_contains(results(&s), S("protect")));

	hold(&s, "Named, enough", "mode=nominative");
	respond_all(&s, 4, 0, "lineage=yes");
	respond(&s, 0, "lineage=yes");
	assert_true(str_contains(results(&s), S("data-score")));
}

/* The row of a department, as text. */
static struct str department_row(struct scene *s, const char *name)
{
	struct str page = results(s);
	const char *start = str_fmt(s->a, "<tr data-department=\"%s\">", name).data;
	const char *at = memmem(page.data, page.len, start, strlen(start)), *end;

	assert_non_null(at);
	end = memmem(at, (size_t)(page.data + page.len - at), "</tr>", strlen("</tr>"));
	return str_make(at, (size_t)(end - at));
}

static bool is_hidden(struct scene *s, const char *name)
{
	return str_contains(department_row(s, name), S("Hidden to protect the respondents"));
}

static void hidden_groups_do_not_follow_by_subtraction(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold(&s, "Groups", "mode=anonymous");
	respond_all(&s, 8, 0, "lineage=yes&etl=yes");
	respond_all(&s, 6, 1, "lineage=no");
	respond_all(&s, 4, 2, "lineage=some&poc=several");
	close_it(&s);
	/* Finance is small; alone it would be the whole less the two others, so the smaller of these goes too. */
	assert_false(is_hidden(&s, "Ventes"));
	assert_true(is_hidden(&s, "Logistique"));
	assert_true(is_hidden(&s, "Finance"));
	assert_false(is_hidden(&s, "Recherche"));
	assert_true(str_contains(department_row(&s, "Recherche"), S("No answer")));
	/* A hidden group's size is told nowhere. */
	assert_false(str_contains(department_row(&s, "Finance"), S("answer")));
	assert_false(str_contains(department_row(&s, "Logistique"), S("answer")));
	assert_false(str_contains(results(&s), S("6 answers")));
	assert_false(str_contains(results(&s), S("4 answers")));
	got = get(&s, "/results.csv?lang=en");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("Finance")));
}

static void no_filter_narrows_what_is_counted(void **state)
{
	static const char *const tries[] = { "/results?lang=en&department=0000000000010",
					     "/results?lang=en&question=lineage",
					     "/results?lang=en&lineage=yes",
					     "/results?lang=en&until=2020-01-01",
					     "/results?lang=en&sort=nonsense" };
	struct scene s = scene_of(state);
	struct response plain, got;

	hold(&s, "Filters", "mode=anonymous");
	respond_all(&s, 6, 0, "lineage=yes&lineage.comment=Loud");
	respond_all(&s, 3, 1, "lineage=no&lineage.comment=Whispered");
	close_it(&s);
	/* A viewer's page has no forms, whose tokens differ from time to time. */
	s.by = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	plain = get(&s, "/results?lang=en");
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		struct str a, b;

		got = get(&s, tries[i]);
		assert_status(&got, 200);
		a = plain.body;
		b = got.body;
		/* The same but for the address of the page in the other language. */
		(void)after(&a, "<main", '>');
		(void)after(&b, "<main", '>');
		assert_str(b, str_c(s.a, a));
	}
	assert_true(str_is(answer_header(&plain, "Cache-Control"), "no-store"));
	assert_int_equal(answer_header(&plain, "ETag").len, 0);
	got = get(&s, "/results/comments?question=lineage&department=0000000000010&lang=en");
	assert_true(str_contains(got.body, S("Loud")));
	got = get(&s, "/results/comments?question=lineage&part=2&lang=en");
	assert_status(&got, 404);
	got = get(&s, "/results?with=0000000000010");
	assert_status(&got, 404);
}

/* No heading of the document is more than a level below the one before it; some stand on the third. */
static void assert_outline(struct str xml)
{
	static const char style[] = "<w:pStyle w:val=\"Heading";
	int level = 0, deepest = 0;
	const char *at;

	while ((at = memmem(xml.data, xml.len, style, strlen(style)))) {
		int next = at[strlen(style)] - '0';

		assert_true(next >= 1 && next <= level + 1);
		level = next;
		deepest = level > deepest ? level : deepest;
		xml = str_slice(xml, (size_t)(at - xml.data) + strlen(style), xml.len);
	}
	assert_int_equal(deepest, 3);
}

static void comments_are_in_no_order_of_time(void **state)
{
	/* In the order they are sent; beside the other question each stands elsewhere. */
	static const char *const said[] = { "Zebra", "Monkey",  "Antelope", "Rhino",
					    "Otter", "Giraffe", "Badger",   "Walrus" };
	static const char *const sorted[] = { "Antelope", "Badger", "Giraffe", "Monkey",
					      "Otter",    "Rhino",  "Walrus",  "Zebra" };
	struct scene s = scene_of(state);
	struct str page;
	struct response got;

	hold(&s, "Remarks", "mode=anonymous");
	for (size_t i = 0; i < 8; i++)
		respond(&s, 0,
			str_fmt(s.a, "lineage=yes&lineage.comment=%s&etl=no&etl.comment=%zu-%s",
				said[i], 8 - i, said[i])
				.data);
	close_it(&s);
	/* The way to them stands where there are some. */
	page = results(&s);
	assert_true(str_contains(page, S("/results/comments?question=lineage\"")));
	assert_true(str_contains(page, S("/results/comments?question=etl\"")));
	assert_true(str_contains(page, S("</svg>8 comments</a>")));
	assert_false(str_contains(page, S("/results/comments?question=poc")));
	got = get(&s, "/results/comments?question=lineage&lang=en");
	page = got.body;
	for (size_t i = 0; i < 8; i++)
		assert_str(after(&page, "<li><p class=\"read\">", '<'), sorted[i]);
	assert_false(str_contains(got.body, S("8-Zebra")));
	got = get(&s, "/results.docx");
	assert_status(&got, 200);
	assert_outline(unzip_file(s.a, got.body, "word/document.xml"));
	got = get(&s, "/results/comments?question=etl&lang=en");
	page = got.body;
	for (size_t i = 0; i < 8; i++)
		assert_str(after(&page, "<li><p class=\"read\">", '<'),
			   str_fmt(s.a, "%zu-%s", i + 1, said[7 - i]).data);
	hold(&s, "Signed", "mode=nominative");
	respond_all(&s, 6, 0, "lineage=yes&lineage.comment=Hello");
	got = get(&s, "/results/comments?question=lineage&lang=en");
	assert_true(str_contains(got.body, S("<p class=\"small muted\">Ada</p>")));
}

/* ---- who may ---- */

static void others_find_nothing_here(void **state)
{
	struct scene s = scene_of(state);
	struct member stranger = product_member(s.p, "Elsewhere", ROLE_OWNER);
	struct member viewer = product_colleague(s.p, s.owner.org_id, ROLE_VIEWER);
	struct response got;

	hold(&s, "Mine", "mode=nominative");
	respond_all(&s, 5, 0, "lineage=yes");
	for (const struct route *route = results_routes; route->handler; route++) {
		const char *page = strstr(route->path, "/results");
		const char *mine =
			str_fmt(s.a, "%.*s%s%s", STR_ARG(s.owner.org), s.round, page).data;
		const char *theirs =
			str_fmt(s.a, "%.*s%s%s", STR_ARG(stranger.org), s.round, page).data;
		bool is_get = route->method == METHOD_GET;
		bool is_for_editors = strstr(page, "/agree") != NULL;
		const char *form =
			strstr(page, "/adopt") ? "action=x" : "question=lineage&value=yes&reason=r";

		if (!is_get) {
			got = member_send(s.p, &viewer, mine, form);
			assert_status(&got, 403);
			got = member_send(s.p, &stranger, mine, form);
			assert_status(&got, 404);
			got = member_send(s.p, &stranger, theirs, form);
			assert_status(&got, 404);
			continue;
		}
		got = site_get(s.p->site, mine);
		assert_status(&got, 303);
		got = member_visit(s.p, &stranger, mine);
		assert_status(&got, 404);
		got = member_visit(s.p, &stranger, theirs);
		assert_status(&got, 404);
		got = member_visit(
			s.p, &viewer,
			str_fmt(s.a, "%s%s", mine, strstr(page, "comments") ? "?question=etl" : "")
				.data);
		assert_status(&got, is_for_editors ? 403 : 200);
	}
}

/* ---- agreements, comparison, other organisations ---- */

static void what_is_agreed_on_stands_beside(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str page;

	hold(&s, "Agreed", "mode=nominative");
	respond_all(&s, 6, 0, "lineage=some");
	got = post(&s, "/results/agree?lang=en", "question=lineage&value=yes&reason=");
	assert_status(&got, 422);
	got = post(&s, "/results/agree?lang=en", "question=lineage&value=often&reason=r");
	assert_status(&got, 422);
	got = post(&s, "/results/agree?lang=en", "question=nothing&value=yes&reason=r");
	assert_status(&got, 404);
	got = post(&s, "/results/agree?lang=en", "question=lineage&value=yes&reason=We+looked");
	assert_status(&got, 303);
	page = results(&s);
	assert_str(after(&page, "data-score=\"", '"'), "1");
	assert_str(after(&page, "data-figure=\"agreed-score\">", '<'), "2.0");
	assert_str(after(&page, "<p class=\"quote\">", '<'), "We looked");
	got = get(&s, "/results/what-if?etl=yes&poc=&lang=en");
	assert_status(&got, 200);
	page = got.body;
	assert_str(after(&page, "data-score=\"", '"'), "3");
	assert_true(str_contains(got.body, S("<option value=\"yes\" selected>")));
	got = get(&s, "/results/what-if?etl=often");
	assert_status(&got, 400);
	got = post(&s, "/results/agree?lang=en", "question=lineage&clear=1");
	assert_status(&got, 303);
	assert_false(str_contains(results(&s), S("agreed-score")));
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM audit WHERE action LIKE "
					       "'%agreed answer%'"),
			 2);
	/* In words: whoever reads the log knows no ids. */
	assert_str(store_rows(s.v->store,
			      "SELECT after FROM audit WHERE action = 'recorded an agreed answer'"),
		   "{\"Data lineage\":\"All sources are traced and up to date\"}\n");
}

/* The first page, the campaign's and the table of questions tell of it; what was disputed is so no more. */
static void what_is_agreed_on_is_settled(void **state)
{
	static const char *const answers[] = { "poc=none", "poc=one", "poc=several" };
	struct scene s = scene_of(state);
	struct response got;
	struct str page;

	hold(&s, "Settled", "mode=nominative");
	for (size_t i = 0; i < 3; i++)
		respond_all(&s, 2, 0, answers[i]);
	page = results(&s);
	assert_true(
		str_contains(page, S("Opinions lie furthest apart on “AI proofs of concept”.")));
	assert_str(after(&page, "data-figure=\"apart\">", '<'), "1 question");
	assert_false(str_contains(page, S("data-agreements")));
	got = get(&s, "?lang=en");
	assert_false(str_contains(got.body, S("data-agreements")));
	got = post(&s, "/results/agree", "question=poc&value=several&reason=We+counted");
	assert_status(&got, 303);
	page = results(&s);
	assert_true(str_contains(
		page, S("Wherever opinions lay far apart, an answer has been agreed on since.")));
	assert_str(after(&page, "data-figure=\"agreed-title\">", '<'), "1 question agreed");
	assert_str(
		after(&page, "data-figure=\"agreed-words\">", '<'),
		"With what was agreed on: 2.0 points, about 25%. The official score stays the one as answered: 1.0.");
	assert_str(after(&page, "data-figure=\"apart\">", '<'), "0 questions");
	(void)after(&page, "data-question=\"poc\"", '>');
	(void)after(&page, "data-figure=\"opinions\">", '/');
	assert_str(after(&page, "</svg>", '<'), "Agreed");
	assert_str(after(&page, "data-figure=\"agreed-answer\">", '<'), "Several have been done");
	got = get(&s, "?lang=en");
	assert_true(str_contains(got.body, S("1 question agreed")));
	assert_true(str_contains(got.body, S("/results#agreed\"")));
	got = get(&s, "/results.csv?lang=en");
	assert_true(str_contains(got.body, S("Agreed")));
	assert_false(str_contains(got.body, S("To discuss")));
}

/* Actions follow the answers given; one that rests on what was agreed otherwise since says so wherever it is read or adopted. */
static void actions_say_what_was_agreed_since(void **state)
{
	static const char said[] =
		"Agreed since: “A warehouse in service” for “Data warehouse”. This action still follows the answers given.";
	struct scene s = scene_of(state);
	struct response got;
	struct str page;

	hold(&s, "Since", "mode=nominative");
	respond_all(&s, 6, 0, "warehouse=no&etl=no&lineage=no");
	assert_false(str_contains(results(&s), S("data-figure=\"settled\"")));
	/* What was answered all the same changes nothing. */
	got = post(&s, "/results/agree", "question=etl&value=no&reason=We+looked");
	assert_status(&got, 303);
	assert_false(str_contains(results(&s), S("data-figure=\"settled\"")));
	got = post(&s, "/results/agree", "question=warehouse&value=yes&reason=We+looked");
	assert_status(&got, 303);
	page = results(&s);
	(void)after(&page, "id=\"h-all\"", '>');
	(void)after(&page, "data-action=\"equip-data\"", '>');
	assert_true(str_contains(after(&page, "Plan a data warehouse", '\n'), str_from(said)));
	/* No other action rests on it. */
	assert_false(str_contains(page, S("data-figure=\"settled\"")));
	got = get(&s, "/results.docx?lang=en");
	assert_status(&got, 200);
	assert_true(str_contains(unzip_file(s.a, got.body, "word/document.xml"),
				 S("Agreed since: “A warehouse in service”")));
	got = get(&s, "/results.xlsx?lang=en");
	assert_true(
		str_contains(unzip_file(s.a, got.body, "xl/sharedStrings.xml"), str_from(said)));
	got = post(&s, "/results/adopt?lang=en", "action=equip-data");
	assert_status(&got, 303);
	assert_true(str_contains(store_rows(s.v->store, "SELECT detail FROM plan_action"),
				 str_from(said)));
}

/* Steps are whole, what is missing is half a point short of a whole: the page says where the half goes. */
static void the_way_adds_up(void **state)
{
	struct scene s = scene_of(state);
	struct str page;

	hold(&s, "Way", "mode=nominative");
	respond_all(&s, 5, 0, "lineage=some");
	page = results(&s);
	assert_str(after(&page, "data-figure=\"way-needed\">", '<'),
		   "13.5 points short of the next band, which begins at 14.5 (rounded: 15)");
	assert_str(
		after(&page, "data-figure=\"way-sum\">", '<'),
		"14 steps together bring 14 points, which makes 15.0. That is 0.5 point more than is missing: a step leads to the next answer and is not taken by halves.");
	/* From a half there is no rest to explain. */
	hold(&s, "Halves", "mode=nominative");
	respond_all(&s, 3, 0, "lineage=some&etl=yes&poc=none");
	respond_all(&s, 3, 0, "lineage=some&etl=yes&poc=one");
	page = results(&s);
	assert_str(after(&page, "data-figure=\"way-needed\">", '<'),
		   "11 points short of the next band, which begins at 14.5 (rounded: 15)");
	assert_str(after(&page, "data-figure=\"way-sum\">", '<'),
		   "11 steps together bring 11 points, which makes 14.5.");
}

/* A department that is shown, with a question that too few of it answered. */
static void a_row_shown_in_part_says_why(void **state)
{
	static const char hidden[] = "hidden to protect the respondents";
	static const char reason[] =
		"Hidden to protect the respondents: fewer than 5 answers, in all or to a question";
	struct scene s = scene_of(state);
	struct response got;
	struct str page, row;

	hold(&s, "In part", "mode=anonymous");
	respond_all(&s, 6, 0, "lineage=some&poc=one&it-support=yes");
	respond_all(&s, 4, 1, "lineage=some&poc=one&it-support=yes");
	respond_all(&s, 4, 1, "lineage=some&it-support=yes");
	respond_all(&s, 3, 2, "lineage=some&poc=one&it-support=yes");
	respond_all(&s, 3, 3, "lineage=some&poc=one&it-support=yes");
	close_it(&s);
	page = results(&s);
	(void)after(&page, "data-department=\"Logistique\"", '>');
	assert_str(after(&page, "<td><span class=\"v", '"'), "1");
	(void)after(&page, "<td class=\"hid\">", '>');
	assert_str(after(&page, "<span class=\"why\">", '<'), hidden);
	assert_str(after(&page, "<td><span class=\"v", '"'), "2");
	assert_str(after(&page, "<span class=\"why\">", '<'), hidden);
	/* A row without any figure says it once. */
	(void)after(&page, "data-department=\"Finance\"", '>');
	row = after(&page, "<td", '\n');
	assert_true(str_starts(row, S(" colspan=\"4\" class=\"hid\">")));
	assert_true(str_contains(row, S("<b>Hidden to protect the respondents</b>")));
	assert_false(str_contains(row, S("fewer than")));
	/* Why stands below the table. */
	page = after(&page, "class=\"scalekey\"", '\n');
	assert_true(str_contains(page, str_from(reason)));
	got = get(&s, "/results.docx?lang=en");
	page = unzip_file(s.a, got.body, "word/document.xml");
	assert_true(str_contains(page, str_from(hidden)));
	assert_true(str_contains(page, str_from(reason)));
	got = get(&s, "/results.xlsx?lang=en");
	page = unzip_file(s.a, got.body, "xl/sharedStrings.xml");
	assert_true(str_contains(page, str_from(hidden)));
	assert_true(str_contains(page, str_from(reason)));
}

/* In a named campaign one question left blank hides figures of two departments: from the other members, not from
 * those who run it. */
static void a_blank_in_a_named_campaign_hides_nobody(void **state)
{
	struct scene s = scene_of(state);
	struct str page;

	hold(&s, "Blank", "mode=nominative");
	respond_all(&s, 5, 0, "lineage=some&etl=yes");
	respond_all(&s, 4, 1, "lineage=some&etl=yes");
	respond(&s, 1, "etl=yes");
	respond_all(&s, 2, 2, "lineage=some&etl=yes");
	respond_all(&s, 2, 3, "lineage=some&etl=yes");
	page = results(&s);
	assert_true(
		str_contains(page, S("nor of a question that fewer than 5 people there answered")));
	assert_true(str_contains(page, S("A question left blank is not counted")));
	assert_true(str_contains(page, S("It does not hide who answered.")));
	(void)after(&page, "data-department=\"Logistique\"", '>');
	assert_str(after(&page, "<span class=\"why\">", '<'), "hidden to protect the respondents");
	(void)after(&page, "data-department=\"Finance\"", '>');
	assert_str(after(&page, "<b>", '<'), "Hidden to protect the respondents");
	assert_true(str_contains(page, S("protects respondents from the other members")));
}

/* The one action of the plan gets an owner and a day: the page and the documents tell. */
static void says_who_and_until_when(struct scene *s)
{
	static const char who[] = "Under way, Claire Marchand, 31\u00a0March 2199";
	struct response got;

	assert_false(str_contains(results(s), S("Claire Marchand")));
	(void)store_sql(s->v->store, "UPDATE plan_action SET owner_name = 'Claire Marchand', "
				     "due = '2199-03-31', status = 'doing'");
	assert_true(str_contains(results(s), str_from(who)));
	got = get(s, "/results.docx?lang=en");
	assert_true(str_contains(unzip_file(s->a, got.body, "word/document.xml"),
				 str_fmt(s->a, "In the plan: %s.", who)));
	got = get(s, "/results.xlsx?lang=en");
	assert_true(str_contains(unzip_file(s->a, got.body, "xl/sharedStrings.xml"),
				 str_fmt(s->a, ">%s<", who)));
	(void)store_sql(s->v->store, "UPDATE plan_action SET due = '2020-03-31'");
	assert_true(str_contains(results(s), S(", 31\u00a0March 2020, ")));
	assert_true(str_contains(results(s), S("days overdue")));
}

static void recommendations_go_into_the_plan(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str page;
	const char *form;

	hold(&s, "Adopted", "mode=anonymous");
	respond_all(&s, 5, 0, "lineage=some");
	got = post(&s, "/results/adopt", "");
	assert_status(&got, 303);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM plan_action"), 0);
	close_it(&s);
	page = results(&s);
	form = str_fmt(s.a, "action=%s", str_c(s.a, after(&page, "data-action=\"", '"'))).data;
	got = post(&s, "/results/adopt", form);
	assert_status(&got, 303);
	got = post(&s, "/results/adopt", form);
	assert_status(&got, 303);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM plan_action"), 1);
	assert_true(str_contains(results(&s), S("Already in the plan")));
	says_who_and_until_when(&s);
	got = post(&s, "/results/adopt", "action=made-up");
	assert_status(&got, 422);
	/* The plan starts from this result, and so do the first pages. */
	got = member_get(s.p, &s.owner, "/plan?lang=en");
	assert_status(&got, 200);
	assert_true(str_contains(got.body, str_from(s.round)));
	got = member_get(s.p, &s.owner, "?lang=en");
	assert_true(str_contains(got.body, S("1.0 points out of 34")));
	got = member_visit(s.p, &s.owner, "/portfolio?lang=en");
	assert_true(str_contains(got.body, S("<b>1.0</b>")));
}

static void campaigns_compare(void **state)
{
	struct scene s = scene_of(state);
	const char *first;
	struct str page;
	struct response got;

	hold(&s, "Spring", "mode=anonymous");
	respond_all(&s, 6, 0, "lineage=no&etl=yes");
	close_it(&s);
	first = s.round;
	assert_true(str_contains(results(&s), S("This is the first campaign")));
	hold(&s, "Autumn", "mode=nominative");
	respond_all(&s, 3, 0, "lineage=yes&etl=yes");
	respond_all(&s, 3, 0, "lineage=some&etl=yes");
	page = results(&s);
	assert_true(str_contains(page, S("Since Spring")));
	assert_str(after(&page, "<dd data-figure=\"change\">", '<'), "+1.5");
	got = get(&s, str_fmt(s.a, "/results?lang=en&sort=pack&with=%s", first + strlen("/rounds/"))
			      .data);
	assert_status(&got, 200);
	page = got.body;
	(void)after(&page, "data-question=\"lineage", '"');
	assert_str(after(&page, "data-figure=\"change\">", '<'), "+1.5");
	/* A campaign that hides its results is not compared with. */
	s.round = first;
	assert_false(str_contains(results(&s), S("Autumn")));
}

static void join_benchmark(struct scene *s, const char *name, const char *form)
{
	struct scene other = *s;

	other.owner = other.by = product_member(s->p, name, ROLE_OWNER);
	(void)store_sql(s->v->store, str_fmt(s->a, "UPDATE org SET benchmark = 1 WHERE id = %lld",
					     (long long)other.owner.org_id)
					     .data);
	hold(&other, "Theirs", "mode=anonymous");
	respond_all(&other, 5, -1, form);
	close_it(&other);
}

static void organisations_compare_when_they_agreed(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	hold(&s, "Ours", "mode=anonymous");
	respond_all(&s, 5, -1, "lineage=yes&etl=yes&poc=several&analyst=yes");
	close_it(&s);
	for (int i = 0; i < 3; i++)
		join_benchmark(&s, str_fmt(s.a, "Rival %d", i).data, "lineage=some");
	got = get(&s, "/results/peers?lang=en");
	assert_true(str_contains(got.body, S("it has to be in it")));
	(void)store_sql(s.v->store, str_fmt(s.a, "UPDATE org SET benchmark = 1 WHERE id = %lld",
					    (long long)s.owner.org_id)
					    .data);
	got = get(&s, "/results/peers?lang=en");
	assert_true(str_contains(got.body, S("Fewer than 5 organisations")));
	got = get(&s, "/results.docx?lang=en");
	assert_false(str_contains(unzip_file(s.a, got.body, "word/document.xml"),
				  S("organisations here")));
	join_benchmark(&s, "Rival 4", "lineage=yes");
	got = get(&s, "/results/peers?lang=en");
	assert_true(str_contains(got.body, S("in the highest quarter")));
	assert_false(str_contains(got.body, S("Rival")));
	assert_false(str_contains(got.body, S("Theirs")));
	got = get(&s, "/results.docx?lang=en");
	assert_true(str_contains(unzip_file(s.a, got.body, "word/document.xml"),
				 S("Among 5 organisations here: in the highest quarter.")));
	got = get(&s, "/results.xlsx?lang=en");
	assert_true(str_contains(unzip_file(s.a, got.body, "xl/sharedStrings.xml"),
				 S(">Among 5 organisations here: in the highest quarter.<")));
	/* A later campaign is the one that is compared. */
	hold(&s, "Later", "mode=anonymous");
	respond_all(&s, 5, -1, "lineage=yes");
	got = get(&s, "/results.docx?lang=en");
	assert_false(str_contains(unzip_file(s.a, got.body, "word/document.xml"),
				  S("organisations here")));
}

TEST_MAIN(visit_test(the_figures_are_the_calculators),
	  visit_test(not_asked_is_no_answer_and_no_unknown),
	  visit_test(a_tie_says_how_many_answers_share_it),
	  visit_test(nothing_is_shown_under_the_threshold),
	  visit_test(hidden_groups_do_not_follow_by_subtraction),
	  visit_test(no_filter_narrows_what_is_counted),
	  visit_test(comments_are_in_no_order_of_time), visit_test(others_find_nothing_here),
	  visit_test(what_is_agreed_on_stands_beside), visit_test(what_is_agreed_on_is_settled),
	  visit_test(actions_say_what_was_agreed_since), visit_test(the_way_adds_up),
	  visit_test(a_row_shown_in_part_says_why),
	  visit_test(a_blank_in_a_named_campaign_hides_nobody),
	  visit_test(recommendations_go_into_the_plan), visit_test(campaigns_compare),
	  visit_test(organisations_compare_when_they_agreed))
