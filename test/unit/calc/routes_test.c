/* The calculators over HTTP. */
#include "calc/routes.h"

#include <unistd.h>

#include "base/buf.h"
#include "unit/test.h"
#include "calc/calc.h"
#include "harness/request.h"

static const struct logger QUIET = { STDERR_FILENO, LOG_ERROR, LOG_TEXT };
static const struct route *const ROUTES[] = { calc_routes, NULL };
static const struct server_config CONFIG = { .routes = ROUTES, .log = &QUIET };

static struct response post(struct arena *a, const char *path, struct str body)
{
	struct site *site = site_make(a, &CONFIG);

	return site_request(site, "POST", path, "Content-Type: application/json\n", body);
}

static void a_document_is_answered(void **state)
{
	struct response got =
		post(*state, "/api/v1/calc/score",
		     S("{\"pack\":\"carte-performance\",\"answers\":{\"etl\":\"yes\"}}"));

	assert_int_equal(got.status, 200);
	assert_true(str_starts(answer_header(&got, "Content-Type"), S("application/json")));
	assert_true(str_starts(got.body, S("{\"score\":2,\"max\":34,\"share\":0.0588,")));
	got = post(*state, "/api/v1/calc/rank", S("{\"items\":[\"A\"],\"comparisons\":[]}"));
	assert_int_equal(got.status, 200);
	got = post(*state, "/api/v1/calc/quadrant",
		   S("{\"pack\":\"carte-performance\",\"projects\":[]}"));
	assert_int_equal(got.status, 200);
	got = post(*state, "/api/v1/calc/consolidate",
		   S("{\"pack\":\"carte-performance\",\"responses\":[{\"answers\":{}}]}"));
	assert_int_equal(got.status, 200);
}

static void every_error_is_named(void **state)
{
	struct response got =
		post(*state, "/api/v1/calc/score", S("{\"pack\":\"x\",\"answers\":{}}"));

	assert_int_equal(got.status, 422);
	assert_true(str_starts(answer_header(&got, "Content-Type"), S("application/problem+json")));
	assert_true(str_contains(got.body, S("\"errors\":[{\"path\":\"$.pack\",\"message\":")));
}

static void errors_are_in_the_language_that_was_asked_for(void **state)
{
	static const struct {
		const char *header, *title, *message;
	} cases[] = {
		{ "", "The document cannot be computed", "\"is required\"" },
		{ "Accept-Language: en\n", "The document cannot be computed", "\"is required\"" },
		{ "Accept-Language: fr-FR, en;q=0.5\n", "Le document ne peut pas être calculé",
		  "\"est obligatoire\"" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct site *site = site_make(*state, &CONFIG);
		struct str headers =
			str_fmt(*state, "Content-Type: application/json\n%s", cases[i].header);
		struct response got = site_request(site, "POST", "/api/v1/calc/score",
						   str_c(*state, headers), S("{}"));

		assert_int_equal(got.status, 422);
		assert_true(str_contains(got.body, str_from(cases[i].title)));
		assert_true(str_contains(got.body, str_from(cases[i].message)));
	}
}

static void text_that_is_not_json_is_placed(void **state)
{
	struct response got = post(*state, "/api/v1/calc/score", S("{\"pack\":\n,}"));

	assert_int_equal(got.status, 400);
	assert_true(str_contains(got.body, S("line 2, column 1")));
}

/* Items and comparisons at their limits: what takes the most memory of all documents. */
static struct str largest_ranking(struct arena *a)
{
	struct buf b = buf_make(a, CALC_BYTES_MAX);

	buf_puts(&b, "{\"items\":[\"0\"");
	for (int i = 1; i < CALC_ITEMS_MAX; i++)
		buf_fmt(&b, ",\"%d\"", i);
	buf_puts(&b, "],\"comparisons\":[");
	for (int i = 0; i < CALC_COMPARISONS_MAX; i++)
		buf_fmt(&b, "%s{\"winner\":\"%d\",\"loser\":\"%d\"}", i ? "," : "",
			i % CALC_ITEMS_MAX, (i + 1) % CALC_ITEMS_MAX);
	buf_puts(&b, "]}");
	assert_false(b.full);
	return buf_str(&b);
}

static void the_largest_document_fits_a_request(void **state)
{
	struct response got = post(*state, "/api/v1/calc/rank", largest_ranking(*state));

	assert_int_equal(got.status, 200);
}

static void schemas_are_served(void **state)
{
	struct site *site = site_make(*state, &CONFIG);
	struct response got = site_get(site, "/api/v1/schemas/score-in.json");

	assert_int_equal(got.status, 200);
	assert_str(answer_header(&got, "Content-Type"), "application/schema+json");
	assert_true(str_contains(got.body, S("json-schema.org/draft/2020-12")));
	assert_int_equal(site_get(site, "/api/v1/schemas/nothing.json").status, 404);
}

TEST_MAIN(unit_test(a_document_is_answered), unit_test(every_error_is_named),
	  unit_test(errors_are_in_the_language_that_was_asked_for),
	  unit_test(text_that_is_not_json_is_placed),
	  unit_test(the_largest_document_fits_a_request), unit_test(schemas_are_served))
