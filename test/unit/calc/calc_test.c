/* The calculators: golden documents in and out, what is refused, and the limits. */
#include "calc/calc.h"

#include <jansson.h>

#include "unit/test.h"
#include "base/buf.h"
#include "calc/schema.h"
#include "fixture.h"
#include "pack/pack.h"

struct run {
	int outcome;
	struct str json;
	struct calc_errors errors;
};

static struct run run_in(struct arena *a, enum language l, enum calculator c, struct str json)
{
	struct run r = { .outcome = -1 };
	struct arena scratch;

	arena_init(&scratch, (size_t)256 << 20);
	r.outcome = calc_run(a, scratch, l, c, json, &r.json, &r.errors);
	arena_release(&scratch);
	return r;
}

static struct run run(struct arena *a, enum calculator c, struct str json)
{
	return run_in(a, LANG_EN, c, json);
}

/* In arenas of the stated size, which end the process when they are not enough. */
static struct run run_tight(struct arena *a, struct arena *result, enum calculator c,
			    struct str json)
{
	struct run r = { .outcome = -1 };
	struct arena scratch;

	arena_init(&scratch, CALC_SCRATCH_BYTES);
	arena_init(result, CALC_ARENA_BYTES);
	r.outcome = calc_run(result, scratch, LANG_EN, c, json, &r.json, &r.errors);
	r.json = str_dup(a, r.json);
	arena_release(&scratch);
	arena_release(result);
	return r;
}

/* ---- golden documents ---- */

static const char *const GOLDEN[] = {
	"score-nothing",     "score-beginner",    "score-partial",  "score-advanced",
	"consolidate-four",  "consolidate-cover", "quadrant-three", "quadrant-relative",
	"quadrant-absolute", "rank-chain",        "rank-nothing",
};

static json_t *parse(struct str json)
{
	json_error_t error;
	json_t *v = json_loadb(json.data, json.len, JSON_REJECT_DUPLICATES, &error);

	if (!v)
		fail_msg("%s: %.*s", error.text, STR_ARG(json));
	return v;
}

static void check_golden(struct arena *a, const char *name)
{
	struct str rest = str_from(name);
	struct str in = str_fmt(a, JALON_TEST_GOLDEN "/%s.in.json", name);
	struct str out = str_fmt(a, JALON_TEST_GOLDEN "/%s.out.json", name);
	enum calculator c;
	struct run r;
	json_t *got, *want;

	assert_int_equal(calc_find(str_cut(&rest, '-'), &c), 0);
	r = run(a, c, fixture_file(a, str_c(a, in)));
	assert_int_equal(r.outcome, CALC_OK);
	got = parse(r.json);
	want = parse(fixture_file(a, str_c(a, out)));
	if (!json_equal(got, want))
		fail_msg("%s: got %.*s", name, STR_ARG(r.json));
	json_decref(got);
	json_decref(want);
}

static void golden_documents_come_out(void **state)
{
	for (size_t i = 0; i < sizeof GOLDEN / sizeof *GOLDEN; i++)
		check_golden(*state, GOLDEN[i]);
}

/* ---- what is refused ---- */

static struct str errors_text(struct arena *a, const struct calc_errors *errors)
{
	struct buf b = buf_make(a, 65536);

	for (size_t i = 0; i < errors->n; i++)
		buf_fmt(&b, "%s%.*s: %.*s", i ? "\t" : "", STR_ARG(errors->items[i].path),
			STR_ARG(errors->items[i].message));
	return buf_str(&b);
}

/* In French the same is wrong in the same places, in other words, written as French is. */
static void assert_french(struct arena *a, enum calculator c, struct str json,
			  const struct calc_errors *en)
{
	static const char *const wrong[] = { "'", "{", " ;", " :", " ?", " !" };
	struct run r = run_in(a, LANG_FR, c, json);

	assert_int_equal(r.errors.n, en->n);
	for (size_t i = 0; i < en->n; i++) {
		struct str message = r.errors.items[i].message;

		assert_true(str_eq(r.errors.items[i].path, en->items[i].path));
		if (str_eq(message, en->items[i].message))
			fail_msg("not French: %.*s", STR_ARG(message));
		for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
			if (str_contains(message, str_from(wrong[w])))
				fail_msg("\"%s\" in: %.*s", wrong[w], STR_ARG(message));
	}
}

static void says_it_in_french(void **state)
{
	struct arena *a = *state;
	struct run r =
		run_in(a, LANG_FR, CALC_SCORE, S("{\"pack\":\"x\",\n\"answers\":{\"etl\":1}"));

	assert_str(errors_text(a, &r.errors),
		   "$.answers.etl: ce n’est pas du JSON\u00a0: le document finit "
		   "trop tôt, ligne 2, colonne 19");
	r = run_in(a, LANG_FR, CALC_SCORE,
		   S("{\"pack\":\"carte-performance\",\"answers\":{\"etl\":1}}"));
	assert_str(errors_text(a, &r.errors), "$.answers.etl: doit être l’un de\u00a0: \"no\", "
					      "\"scripts\", \"yes\", \"unknown\"");
	r = run_in(a, LANG_FR, CALC_QUADRANT,
		   S("{\"pack\":\"carte-performance\",\"projects\":[]}"));
	assert_int_equal(r.outcome, CALC_OK);
	assert_true(str_contains(
		r.json, S("\"reason\":\"le placement relatif demande 4 projets, il y en a 0\"")));
}

static void every_line_of_errors_holds(void **state)
{
	struct arena *a = *state;
	struct str rest = fixture_file(a, JALON_TEST_DATA "/errors.tsv");
	size_t lines = 0;

	while (rest.data) {
		struct str line = str_cut(&rest, '\n'), name, document, got;
		enum calculator c;
		struct run r;

		if (line.len == 0 || line.data[0] == '#')
			continue;
		name = str_cut(&line, '\t');
		document = str_cut(&line, '\t');
		assert_int_equal(calc_find(name, &c), 0);
		r = run(a, c, document);
		got = errors_text(a, &r.errors);
		if (r.outcome == CALC_OK || !str_eq(got, line))
			fail_msg("%.*s: got\n%.*s, want\n%.*s", STR_ARG(document), STR_ARG(got),
				 STR_ARG(line));
		assert_french(a, c, document, &r.errors);
		lines++;
	}
	assert_true(lines >= 30);
}

static void malformed_and_invalid_are_told_apart(void **state)
{
	struct arena *a = *state;

	assert_int_equal(run(a, CALC_SCORE, S("{")).outcome, CALC_MALFORMED);
	assert_int_equal(run(a, CALC_SCORE, S("")).outcome, CALC_MALFORMED);
	assert_int_equal(run(a, CALC_SCORE, S("{\"a\":\"\xff\"}")).outcome, CALC_MALFORMED);
	assert_int_equal(run(a, CALC_SCORE, S("{\"a\":\"\\u0000\"}")).outcome, CALC_MALFORMED);
	assert_int_equal(run(a, CALC_SCORE, S("{\"a\":1,\"a\":2}")).outcome, CALC_INVALID);
	assert_int_equal(run(a, CALC_SCORE, S("{}")).outcome, CALC_INVALID);
}

static void whole_numbers_may_be_written_with_a_point(void **state)
{
	struct run r = run(*state, CALC_SCORE,
			   S("{\"pack\":\"carte-performance\","
			     "\"answers\":{\"bi-practice\":\"yes\",\"bi-success\":7.0}}"));

	assert_int_equal(r.outcome, CALC_OK);
	assert_true(str_contains(r.json, S("\"answer\":7,\"points\":3")));
}

/* ---- limits ---- */

static void at_most_a_hundred_errors_are_listed(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, CALC_BYTES_MAX);
	struct run r;

	buf_puts(&b, "{\"items\":[");
	for (int i = 0; i < CALC_ITEMS_MAX; i++)
		buf_puts(&b, i ? ",7" : "7");
	buf_puts(&b, "],\"comparisons\":[]}");
	r = run(a, CALC_RANK, buf_str(&b));
	assert_int_equal(r.outcome, CALC_INVALID);
	assert_int_equal(r.errors.n, CALC_ERRORS_MAX);
}

static void too_large_is_refused_unread(void **state)
{
	struct arena *a = *state;
	char *spaces = arena_new(a, char, CALC_BYTES_MAX + 1);
	struct run r;

	for (size_t i = 0; i <= CALC_BYTES_MAX; i++)
		spaces[i] = ' ';
	r = run(a, CALC_SCORE, str_make(spaces, CALC_BYTES_MAX + 1));
	assert_int_equal(r.outcome, CALC_MALFORMED);
	assert_str(r.errors.items[0].message, "the document is larger than 8,388,608 bytes");
}

static void too_deep_is_refused(void **state)
{
	struct run r = run(*state, CALC_SCORE, S("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"));

	assert_int_equal(r.outcome, CALC_MALFORMED);
	assert_str(r.errors.items[0].message, "nested too deeply at line 1, column 21");
	/* One less is a matter of members. */
	r = run(*state, CALC_SCORE, S("{\"a\":[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]}"));
	assert_int_equal(r.outcome, CALC_INVALID);
}

/* A name of the greatest length that takes the most bytes when written. */
static void put_long_name(struct buf *b, int i)
{
	buf_fmt(b, "\"%06d", i);
	for (int k = 6; k < CALC_NAME_MAX; k++)
		buf_puts(b, "\\\"");
	buf_putc(b, '"');
}

static struct str largest_consolidate(struct arena *a, const char *answers)
{
	struct buf b = buf_make(a, CALC_BYTES_MAX);

	buf_puts(&b, "{\"pack\":\"carte-performance\",\"responses\":[");
	for (int i = 0; i < CALC_RESPONSES_MAX; i++) {
		buf_fmt(&b, "%s{\"department\":", i ? "," : "");
		put_long_name(&b, i % CALC_DEPARTMENTS_MAX);
		buf_fmt(&b, ",\"answers\":{%s}}", answers);
	}
	buf_puts(&b, "]}");
	assert_false(b.full);
	return buf_str(&b);
}

static struct str largest_quadrant(struct arena *a)
{
	struct buf b = buf_make(a, CALC_BYTES_MAX);

	buf_puts(&b, "{\"pack\":\"carte-performance\",\"projects\":[");
	for (int i = 0; i < CALC_PROJECTS_MAX; i++) {
		buf_fmt(&b, "%s{\"name\":", i ? "," : "");
		put_long_name(&b, i);
		buf_puts(&b, ",\"value\":{\"time\":1,\"logic\":2,\"data\":1.5},\"feasibility\":"
			     "{\"data\":1,\"use-cases\":2,\"deployment\":2.5}}");
	}
	buf_puts(&b, "]}");
	assert_false(b.full);
	return buf_str(&b);
}

static struct str largest_rank(struct arena *a)
{
	struct buf b = buf_make(a, CALC_BYTES_MAX);

	buf_puts(&b, "{\"items\":[");
	for (int i = 0; i < CALC_ITEMS_MAX; i++)
		buf_fmt(&b, "%s\"i%d\"", i ? "," : "", i);
	buf_puts(&b, "],\"comparisons\":[");
	for (int i = 0; i < CALC_COMPARISONS_MAX; i++)
		buf_fmt(&b, "%s{\"winner\":\"i%d\",\"loser\":\"i%d\",\"count\":1}", i ? "," : "",
			i % CALC_ITEMS_MAX,
			(i + 1 + i / CALC_ITEMS_MAX % (CALC_ITEMS_MAX - 1)) % CALC_ITEMS_MAX);
	buf_puts(&b, "]}");
	assert_false(b.full);
	return buf_str(&b);
}

static void the_largest_documents_fit_the_stated_memory(void **state)
{
	struct arena *a = *state, result;
	struct run r =
		run_tight(a, &result, CALC_CONSOLIDATE, largest_consolidate(a, "\"etl\":\"yes\""));

	assert_int_equal(r.outcome, CALC_OK);
	assert_true(str_starts(r.json, S("{\"respondents\":10000,\"score\":2.0,")));
	assert_true(str_ends(r.json, S("\"hidden_departments\":0}")));
	r = run_tight(a, &result, CALC_QUADRANT, largest_quadrant(a));
	assert_int_equal(r.outcome, CALC_OK);
	r = run_tight(a, &result, CALC_RANK, largest_rank(a));
	assert_int_equal(r.outcome, CALC_OK);
}

static void errors_by_the_thousand_cost_no_memory(void **state)
{
	struct arena *a = *state, result;
	struct run r = run_tight(
		a, &result, CALC_CONSOLIDATE,
		largest_consolidate(a, "\"etl\":1,\"poc\":1,\"bi-success\":1,\"zorg\":1"));

	assert_int_equal(r.outcome, CALC_INVALID);
	assert_int_equal(r.errors.n, CALC_ERRORS_MAX);
}

static void too_many_values_are_refused_unread(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, CALC_BYTES_MAX);
	struct run r;

	buf_putc(&b, '[');
	for (int i = 0; i < CALC_VALUES_MAX; i++)
		buf_puts(&b, "0,");
	r = run(a, CALC_SCORE, buf_str(&b));
	assert_int_equal(r.outcome, CALC_MALFORMED);
	assert_true(str_starts(r.errors.items[0].message, S("too many values")));
}

static void departments_are_limited(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, CALC_BYTES_MAX);
	struct run r;

	buf_puts(&b, "{\"pack\":\"carte-performance\",\"responses\":[");
	for (int i = 0; i <= CALC_DEPARTMENTS_MAX; i++)
		buf_fmt(&b, "%s{\"department\":\"d%d\",\"answers\":{}}", i ? "," : "", i);
	buf_puts(&b, "]}");
	r = run(a, CALC_CONSOLIDATE, buf_str(&b));
	assert_int_equal(r.outcome, CALC_INVALID);
	assert_str(errors_text(a, &r.errors),
		   "$.responses[1000].department: more than 1000 departments");
}

/* ---- schemas ---- */

static bool schema_has(json_t *options, const char *id)
{
	json_t *v;
	size_t i;

	json_array_foreach(options, i, v) if (strcmp(json_string_value(v), id) == 0) return true;
	return false;
}

/* The schema of answers is written by hand: it must say what the pack says. */
static void the_schema_of_answers_follows_the_pack(void **state)
{
	struct arena *a = *state;
	const struct scorecard *sc = &pack_builtin()->scorecard.def;
	json_t *schema, *questions;
	struct str text;

	assert_int_equal(schema_find(S("answers.json"), &text), 0);
	schema = parse(text);
	questions = json_object_get(schema, "properties");
	assert_int_equal(json_object_size(questions), sc->n_questions);
	for (size_t i = 0; i < sc->n_questions; i++) {
		const struct question *q = &sc->questions[i];
		json_t *property = json_object_get(questions, str_c(a, q->id));
		json_t *options = json_object_get(property, "enum");

		assert_non_null(property);
		if (q->kind == QUESTION_SCALE)
			continue;
		assert_int_equal(json_array_size(options), q->n_options + 1);
		for (size_t k = 0; k < q->n_options; k++)
			assert_true(schema_has(options, str_c(a, q->options[k].id)));
		assert_true(schema_has(options, "unknown"));
	}
	json_decref(schema);
	assert_int_equal(schema_find(S("nothing.json"), &text), 1);
}

static void calculators_have_names(void **state)
{
	static const char *const names[CALC_N] = {
		[CALC_SCORE] = "score",
		[CALC_CONSOLIDATE] = "consolidate",
		[CALC_QUADRANT] = "quadrant",
		[CALC_RANK] = "rank",
	};
	enum calculator found;

	(void)state;
	for (int c = 0; c < CALC_N; c++) {
		assert_int_equal(calc_find(str_from(names[c]), &found), 0);
		assert_int_equal(found, c);
	}
	assert_int_equal(calc_find(S("plan"), &found), 1);
}

TEST_MAIN(unit_test(golden_documents_come_out), unit_test(every_line_of_errors_holds),
	  unit_test(says_it_in_french), unit_test(malformed_and_invalid_are_told_apart),
	  unit_test(whole_numbers_may_be_written_with_a_point),
	  unit_test(at_most_a_hundred_errors_are_listed), unit_test(too_large_is_refused_unread),
	  unit_test(too_deep_is_refused), unit_test(the_largest_documents_fit_the_stated_memory),
	  unit_test(errors_by_the_thousand_cost_no_memory),
	  unit_test(too_many_values_are_refused_unread), unit_test(departments_are_limited),
	  unit_test(the_schema_of_answers_follows_the_pack), unit_test(calculators_have_names))
