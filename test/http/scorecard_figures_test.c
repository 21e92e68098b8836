/* The figures of the result page are those of the calculator, for answers drawn at random. */
#include "http/visit.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/token.h"
#include "calc/calc.h"

enum { SHEETS = 50 };

/* A small generator of reproducible numbers below `n`. */
static unsigned draw(uint32_t *state, unsigned n)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % n;
}

/* A value of `q` as a form sends it; empty: left blank. */
static struct str draw_value(struct arena *a, uint32_t *state, const struct question *q)
{
	unsigned how = draw(state, 8);

	if (how == 0)
		return S("");
	if (how == 1)
		return S("unknown");
	if (q->kind == QUESTION_SCALE)
		return str_fmt(a, "%d",
			       q->scale_min + (int)draw(state, (unsigned)(q->scale_max -
									  q->scale_min + 1)));
	return q->options[draw(state, (unsigned)q->n_options)].id;
}

/* Answers a whole sheet; the same answers as a calculator's document. */
static struct str fill(struct visit *v, struct str sheet, uint32_t *state)
{
	const struct scorecard *def = &v->product->app.pack->scorecard.def;
	struct buf json = buf_make(v->a, 64 * 1024);
	const char *comma = "";

	buf_puts(&json, "{\"pack\":\"carte-performance\",\"answers\":{");
	for (size_t i = 0; i < def->n_questions; i++) {
		const struct question *q = &def->questions[i];
		struct str value = draw_value(v->a, state, q);
		bool is_level = q->kind == QUESTION_SCALE && !str_is(value, "unknown");
		struct response got =
			product_answer(v->product, sheet, str_c(v->a, q->id), str_c(v->a, value));

		/* Not asked: the calculator refuses such an answer as the site does. */
		if (got.status == 404 || value.len == 0)
			continue;
		assert_status(&got, 303);
		buf_fmt(&json, is_level ? "%s\"%.*s\":%.*s" : "%s\"%.*s\":\"%.*s\"", comma,
			STR_ARG(q->id), STR_ARG(value));
		comma = ",";
	}
	buf_puts(&json, "}}");
	return buf_str(&json);
}

static json_t *compute(struct visit *v, struct str document)
{
	struct calc_errors errors = { .n = 0 };
	struct arena scratch;
	struct str out;
	int r;

	arena_init(&scratch, CALC_SCRATCH_BYTES);
	r = calc_run(v->a, scratch, LANG_EN, CALC_SCORE, document, &out, &errors);
	arena_release(&scratch);
	if (r != CALC_OK)
		fail_msg("%.*s: %.*s", STR_ARG(document), STR_ARG(errors.items[0].message));
	return json_loadb(out.data, out.len, 0, NULL);
}

/* The next stretch of the page after `before`, up to `end`. */
static struct str after(struct str *page, struct str before, char end)
{
	while (page->len && !str_starts(*page, before))
		*page = str_slice(*page, 1, page->len);
	*page = str_slice(*page, before.len, page->len);
	return str_cut(page, end);
}

static int member(json_t *object, const char *name)
{
	return (int)json_integer_value(json_object_get(object, name));
}

static void assert_same(struct visit *v, struct str page, json_t *want)
{
	json_t *categories = json_object_get(want, "categories"),
	       *questions = json_object_get(want, "questions");
	size_t i;
	json_t *c;

	assert_str(after(&page, S("data-score=\""), '"'),
		   str_fmt(v->a, "%d", member(want, "score")).data);
	assert_str(after(&page, S("data-band=\""), '"'),
		   json_string_value(json_object_get(json_object_get(want, "band"), "id")));
	json_array_foreach(categories, i, c) assert_str(
		after(&page, S("<span class=\"num\">"), '<'),
		str_fmt(v->a, "%d out of %d ", member(c, "score"), member(c, "max")).data);
	json_array_foreach(questions, i, c) assert_str(
		after(&page, S("data-l=\"Points\">"), '<'),
		str_fmt(v->a, "%d out of %d", member(c, "points"), member(c, "max")).data);
}

static void the_result_is_what_the_calculator_says(void **state)
{
	struct visit *v = *state;
	uint32_t random = 20261123;

	for (int i = 0; i < SHEETS; i++) {
		struct str sheet = product_begin(v->product);
		json_t *want = compute(v, fill(v, sheet, &random));
		struct response got = product_get(v->product, sheet, "/result?lang=en");

		assert_status(&got, 200);
		assert_same(v, got.body, want);
		json_decref(want);
	}
}

/* ---- what is kept ---- */

enum { KEPT_SHEETS = 4 };

/* A page of a result as one of two browsers sees it, whose cookie makes the tokens of its forms, and whose language
 * is that of an address without one. */
static struct str page_of(struct visit *v, struct product *p, struct str base, const char *page,
			  bool other_browser)
{
	struct response got = site_request(
		p->site, "GET", str_c(v->a, str_fmt(v->a, "%.*s%s", STR_ARG(base), page)),
		other_browser ? "Cookie: csrf=AAAAAAAAAAAAAAAAAAAAAA\nAccept-Language: en\n"
			      : "Cookie: csrf=BBBBBBBBBBBBBBBBBBBBBA\nAccept-Language: fr\n",
		S(""));

	assert_status(&got, 200);
	return got.body;
}

/* Both pages of a result in both languages, in two browsers and twice, are what a product that keeps nothing makes. As
 * if everything happened in one millisecond: the sheet's time is not what tells its states apart. */
static void assert_as_made_anew(struct visit *v, struct product *plain, struct str sheet,
				struct str share)
{
	static const char *const queries[] = { "", "?lang=en", "?lang=fr&shared=1", "?closed=1" };

	(void)store_sql(v->store, "UPDATE sheet SET updated_ms = 1767225600000");
	for (size_t i = 0; i < 16; i++) {
		struct arena mark = *v->a;
		const char *query = queries[i % 4], *own = str_fmt(v->a, "/result%s", query).data;
		bool other = i / 4 % 2;

		assert_true(str_eq(page_of(v, v->product, sheet, own, other),
				   page_of(v, plain, sheet, own, other)));
		if (share.len)
			assert_true(str_eq(page_of(v, v->product, share, query, other),
					   page_of(v, plain, share, query, other)));
		*v->a = mark;
	}
}

static void what_is_kept_is_what_would_be_made_anew(void **state)
{
	struct visit *v = *state;
	struct product *plain = product_make(v->a, v->store->pool);
	const struct scorecard *def = &plain->app.pack->scorecard.def;
	uint32_t random = 20261126;

	plain->app.kept = NULL;
	for (int i = 0; i < KEPT_SHEETS; i++) {
		struct str sheet = product_begin(v->product), share;

		(void)fill(v, sheet, &random);
		share = product_share(v->product, sheet);
		assert_as_made_anew(v, plain, sheet, share);
		for (size_t q = 0; q < def->n_questions; q++) {
			struct str id = def->questions[q].id;
			struct str value = draw_value(v->a, &random, &def->questions[q]);

			(void)product_post(v->product, sheet,
					   str_fmt(v->a, "/q/%.*s", STR_ARG(id)).data,
					   str_fmt(v->a, "answer=%.*s&comment=%s", STR_ARG(value),
						   q % 2 ? "" : "said+%3C")
						   .data);
			assert_as_made_anew(v, plain, sheet, share);
		}
	}
}

/* What becomes of a sheet beside its answers shows as well. */
static void what_is_kept_follows_its_sheet(void **state)
{
	struct visit *v = *state;
	struct product *plain = product_make(v->a, v->store->pool);
	struct str sheet = product_begin(v->product), share, other;
	struct response got;

	plain->app.kept = NULL;
	(void)product_answer(v->product, sheet, "lineage", "yes");
	assert_as_made_anew(v, plain, sheet, S(""));
	share = product_share(v->product, sheet);
	assert_as_made_anew(v, plain, sheet, share);
	got = product_post(v->product, sheet, "/share/close", "");
	assert_status(&got, 303);
	assert_as_made_anew(v, plain, sheet, S(""));
	got = product_get(v->product, share, "");
	assert_status(&got, 410);
	other = product_share(v->product, sheet);
	assert_false(str_eq(share, other));
	assert_as_made_anew(v, plain, sheet, other);
	got = member_send(v->product, &v->owner, str_fmt(v->a, "%.*s/claim", STR_ARG(sheet)).data,
			  str_fmt(v->a, "org=%.*s", STR_ARG(id_text(v->a, v->owner.org_id))).data);
	assert_status(&got, 303);
	assert_as_made_anew(v, plain, sheet, other);
	/* The same answer on another day. */
	(void)store_sql(v->store, "UPDATE sheet SET updated_ms = 1767225600000");
	(void)page_of(v, v->product, sheet, "/result", false);
	(void)store_sql(v->store, "UPDATE sheet SET updated_ms = 1767398400000");
	assert_true(str_eq(page_of(v, v->product, sheet, "/result", false),
			   page_of(v, plain, sheet, "/result", false)));
	got = product_post(v->product, sheet, "/erase", "");
	assert_status(&got, 303);
	got = product_get(v->product, sheet, "/result");
	assert_status(&got, 404);
	got = product_get(v->product, other, "");
	assert_status(&got, 404);
}

/* Where nobody set a cookie yet, a page with forms sets one that its tokens fit; a shared one sets none. */
static void what_is_kept_can_be_sent(void **state)
{
	struct visit *v = *state;
	struct str sheet = product_begin(v->product), share, cookie, field, page;
	struct response got;

	(void)product_answer(v->product, sheet, "lineage", "yes");
	share = product_share(v->product, sheet);
	for (int i = 0; i < 2; i++) {
		got = product_get(v->product, sheet, "/result");
		cookie = answer_header(&got, "Set-Cookie");
		assert_true(str_starts(cookie, S("csrf=")));
	}
	page = got.body;
	field = after(&page, S("name=\"csrf\" value=\""), '"');
	cookie = str_cut(&cookie, ';');
	for (int i = 0; i < 2; i++) {
		/* A browser that says nothing of itself, first without its cookie. */
		got = site_request(v->product->site, "POST",
				   str_fmt(v->a, "%.*s/share/close", STR_ARG(sheet)).data,
				   i ? str_fmt(v->a,
					       "Content-Type: application/x-www-form-urlencoded\n"
					       "Cookie: %.*s\n",
					       STR_ARG(cookie))
						   .data
				     : "Content-Type: application/x-www-form-urlencoded\n",
				   str_fmt(v->a, "csrf=%.*s", STR_ARG(field)));
		assert_status(&got, i ? 303 : 403);
	}
	share = product_share(v->product, sheet);
	for (int i = 0; i < 2; i++) {
		got = product_get(v->product, share, "");
		assert_status(&got, 200);
		assert_int_equal(answer_header(&got, "Set-Cookie").len, 0);
	}
}

TEST_MAIN(visit_test(the_result_is_what_the_calculator_says),
	  visit_test(what_is_kept_is_what_would_be_made_anew),
	  visit_test(what_is_kept_follows_its_sheet), visit_test(what_is_kept_can_be_sent))
