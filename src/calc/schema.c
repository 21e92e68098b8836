/* The published schemas: see schema.h. */
#include "calc/schema.h"

#include "calc/schema_priv.h"

static const struct {
	const char *name;
	const struct str *text;
} schemas[] = {
	{ "answers.json", &schema_answers },
	{ "consolidate-in.json", &schema_consolidate_in },
	{ "consolidate-out.json", &schema_consolidate_out },
	{ "quadrant-in.json", &schema_quadrant_in },
	{ "quadrant-out.json", &schema_quadrant_out },
	{ "rank-in.json", &schema_rank_in },
	{ "rank-out.json", &schema_rank_out },
	{ "score-in.json", &schema_score_in },
	{ "score-out.json", &schema_score_out },
};

int schema_find(struct str name, struct str *ret)
{
	for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
		if (str_is(name, schemas[i].name)) {
			*ret = *schemas[i].text;
			return 0;
		}
	}
	return 1;
}
