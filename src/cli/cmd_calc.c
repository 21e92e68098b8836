/* jalon calc: one JSON document in, one out. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "calc/calc.h"
#include "cli/file.h"

/* Address space: the document twice over, as its buffer grows, and what is computed. */
enum { ARENA_BYTES = CALC_ARENA_BYTES + 4 * CALC_BYTES_MAX };

static int print_result(struct str json)
{
	bool ok = fwrite(json.data, 1, json.len, stdout) == json.len && putchar('\n') != EOF &&
		  fflush(stdout) == 0;

	if (!ok)
		(void)fprintf(stderr, "jalon: cannot write the result: %s\n", strerror(errno));
	return ok ? CLI_OK : CLI_DATA;
}

/* A file that cannot be read is bad input like any other. */
static int calculate(struct arena *a, struct arena scratch, enum calculator c, const char *path)
{
	struct calc_errors errors = { .n = 0 };
	struct str json, result;
	struct err err;

	if (file_read(a, str_from(path), CALC_BYTES_MAX, &json, &err) < 0) {
		(void)fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_USAGE;
	}
	if (calc_run(a, scratch, c, json, &result, &errors) == CALC_OK)
		return print_result(result);
	for (size_t i = 0; i < errors.n; i++)
		(void)fprintf(stderr, "%.*s: %.*s\n", STR_ARG(errors.items[i].path),
			      STR_ARG(errors.items[i].message));
	return CLI_USAGE;
}

int cmd_calc(int argc, char **argv)
{
	struct arena a, scratch;
	enum calculator c;
	int code;

	if (argc != 3 || calc_find(str_from(argv[1]), &c) != 0) {
		(void)fputs("usage: jalon calc score|consolidate|quadrant|rank FILE|-\n", stderr);
		return CLI_USAGE;
	}
	arena_init(&a, ARENA_BYTES);
	arena_init(&scratch, CALC_SCRATCH_BYTES);
	code = calculate(&a, scratch, c, argv[2]);
	arena_release(&scratch);
	arena_release(&a);
	return code;
}
