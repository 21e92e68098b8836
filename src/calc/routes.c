/* The calculators' API: see routes.h. */
#include "calc/routes.h"

#include <assert.h>

#include "calc/calc.h"
#include "calc/emit.h"
#include "calc/schema.h"

enum {
	ERRORS_BYTES_MAX = 1024 * 1024,
	SCORE_BYTES_MAX = 64 * 1024,
};

static_assert((int)CALC_SCRATCH_BYTES <= REQUEST_SCRATCH_BYTES &&
		      CALC_BYTES_MAX + CALC_ARENA_BYTES <= REQUEST_ARENA_BYTES,
	      "a document at its limits fits into a request");

/* `"errors":[{"path":…,"message":…},…]`, as reply_problem() wants it. */
static struct str errors_member(struct arena *a, const struct calc_errors *errors)
{
	struct emitter e = emitter_make(a, ERRORS_BYTES_MAX);

	emit_member_open(&e, "errors", '[');
	for (size_t i = 0; i < errors->n; i++) {
		emit_open(&e, '{');
		emit_member_str(&e, "path", errors->items[i].path);
		emit_member_str(&e, "message", errors->items[i].message);
		emit_close(&e, '}');
	}
	emit_close(&e, ']');
	return buf_str(&e.buf);
}

/* A program that does not say which language it wants is read by its author, not by its users: English. A cookie and
 * ?lang= are for pages. */
static enum language language_of(struct req *rq)
{
	struct str wanted = req_header(rq, "accept-language");

	return wanted.len ? language_negotiate(wanted) : LANG_EN;
}

static struct reply *calculate(struct req *rq, enum calculator c)
{
	struct calc_errors errors = { .n = 0 };
	struct str result;
	enum language l = language_of(rq);
	int r = calc_run(rq->arena, rq->scratch, l, c, rq->body, &result, &errors);
	int64_t n = (int64_t)errors.n;

	if (r == CALC_OK)
		return reply_json(rq, 200, result);
	if (r == CALC_MALFORMED)
		return reply_problem(rq, 400, tr(l, "The body is not a JSON document"),
				     errors.items[0].message, errors_member(rq->arena, &errors));
	return reply_problem(rq, 422, tr(l, "The document cannot be computed"),
			     tr_fill(rq->arena, trn(l, "{n} error", "{n} errors", n),
				     VALUES({ "n", str_i64(rq->arena, n) }), 1),
			     errors_member(rq->arena, &errors));
}

static struct reply *calc_score_post(struct req *rq)
{
	return calculate(rq, CALC_SCORE);
}

static struct reply *calc_consolidate_post(struct req *rq)
{
	return calculate(rq, CALC_CONSOLIDATE);
}

static struct reply *calc_quadrant_post(struct req *rq)
{
	return calculate(rq, CALC_QUADRANT);
}

static struct reply *calc_rank_post(struct req *rq)
{
	return calculate(rq, CALC_RANK);
}

struct schema_args {
	struct str name;
};

static const struct args_spec schema_args = {
	.size = sizeof(struct schema_args),
	.specs =
		(const struct arg_spec[]){
			{ .name = "name",
			  .source = ARG_PATH,
			  .type = ARG_TEXT,
			  .required = true,
			  .min = 1,
			  .max = 64,
			  .offset = offsetof(struct schema_args, name) },
			{ .name = NULL },
		},
};

static struct reply *schema_show(struct req *rq)
{
	const struct schema_args *args = rq->args;
	struct str schema;

	if (schema_find(args->name, &schema) != 0)
		return reply_status(rq, 404);
	return reply_file(rq, "application/schema+json", schema);
}

/* A program may send the answers of a whole class at once, and then four a second. */
static const struct limit limit_calculator = { "calculator", .burst = 240, .per_minute = 240 };

#define CALCULATOR(name, how, bytes, what)                                                       \
	{                                                                                        \
		.method = METHOD_POST, .path = "/api/v1/calc/" #name,                            \
		.handler = calc_##name##_post, .permission = &permission_public, .class = (how), \
		.body = BODY_JSON, .body_limit = (bytes), .is_api = true, .no_db = true,         \
		.limit = &limit_calculator, .title = (what)                                      \
	}

const struct route calc_routes[] = {
	CALCULATOR(score, ROUTE_READ, SCORE_BYTES_MAX, "Score one response"),
	CALCULATOR(consolidate, ROUTE_SLOW, CALC_BYTES_MAX, "Consolidate several responses"),
	CALCULATOR(quadrant, ROUTE_SLOW, CALC_BYTES_MAX, "Place projects by value and feasibility"),
	CALCULATOR(rank, ROUTE_SLOW, CALC_BYTES_MAX, "Rank items from comparisons by pairs"),
	{ .method = METHOD_GET,
	  .path = "/api/v1/schemas/{name}",
	  .handler = schema_show,
	  .permission = &permission_public,
	  .class = ROUTE_READ,
	  .args = &schema_args,
	  .is_api = true,
	  .no_db = true,
	  .title = "JSON Schema of a calculator's document" },
	{ .handler = NULL },
};
