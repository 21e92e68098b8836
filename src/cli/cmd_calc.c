/* jalon calc: one JSON document in, one out. */
#include "cli/cli.h"

#include <stdio.h>

#include "calc/calc.h"
#include "cli/file.h"
#include "cli/words.h"

/* Address space: the document twice over, as its buffer grows, and what is computed. */
enum { ARENA_BYTES = CALC_ARENA_BYTES + 4 * CALC_BYTES_MAX };

static const struct usage usage[] = {
	{ N_("calc score|consolidate|quadrant|rank FILE|-"),
	  N_("compute a JSON document; `-` reads standard input") },
	{ NULL, NULL },
};

/* A file that cannot be read is bad input like any other. */
static int calculate(struct arena *a, struct arena scratch, enum calculator c, const char *path)
{
	struct calc_errors errors = { .n = 0 };
	struct str json, result, why;

	if (file_read(a, str_from(path), CALC_BYTES_MAX, &json, &why) != 0) {
		say_problem(str_from(path), why);
		return CLI_USAGE;
	}
	if (calc_run(a, scratch, say_language(), c, json, &result, &errors) == CALC_OK) {
		printf("%.*s\n", STR_ARG(result));
		return CLI_OK;
	}
	for (size_t i = 0; i < errors.n; i++)
		(void)fprintf(stderr, "%.*s: %.*s\n", STR_ARG(errors.items[i].path),
			      STR_ARG(errors.items[i].message));
	return CLI_USAGE;
}

int cmd_calc(int argc, char **argv)
{
	struct str name = str_from(argc > 1 ? argv[1] : "");
	struct arena a, scratch;
	enum calculator c;
	int code;

	if (argc != 3 || calc_find(name, &c) != 0)
		return words_refuse(name, usage);
	arena_init(&a, ARENA_BYTES);
	arena_init(&scratch, CALC_SCRATCH_BYTES);
	code = calculate(&a, scratch, c, argv[2]);
	arena_release(&scratch);
	arena_release(&a);
	return code;
}
