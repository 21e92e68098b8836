/* The figures of the result page are those of the calculator, for answers drawn at random. */
#include "http/visit.h"

#include <jansson.h>

#include "base/buf.h"
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

/* A page of a result; the browser's cookie makes the tokens of its forms the same each time. */
static struct str page_of(struct visit *v, struct product *p, struct str base, const char *page)
{
	struct response got = site_request(
		p->site, "GET", str_c(v->a, str_fmt(v->a, "%.*s%s", STR_ARG(base), page)),
		"Cookie: csrf=AAAAAAAAAAAAAAAAAAAAAA\n", S(""));

	assert_status(&got, 200);
	return got.body;
}

/* Both pages of a result in both languages, twice, are what a product that keeps nothing makes. */
static void assert_as_made_anew(struct visit *v, struct product *plain, struct str sheet,
				struct str share)
{
	static const char *const languages[] = { "?lang=fr", "?lang=en" };

	for (int i = 0; i < 4; i++) {
		struct arena mark = *v->a;
		const char *own = str_fmt(v->a, "/result%s", languages[i % 2]).data;

		assert_true(
			str_eq(page_of(v, v->product, sheet, own), page_of(v, plain, sheet, own)));
		assert_true(str_eq(page_of(v, v->product, share, languages[i % 2]),
				   page_of(v, plain, share, languages[i % 2])));
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

TEST_MAIN(visit_test(the_result_is_what_the_calculator_says),
	  visit_test(what_is_kept_is_what_would_be_made_anew))
