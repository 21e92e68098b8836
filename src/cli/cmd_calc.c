/* jalon calc: one JSON document in, one out. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "calc/calc.h"

/* Address space, of which only what is used costs memory: the largest input and what comes of it. */
static const size_t ARENA_BYTES = (size_t)2 << 30;
enum { CHUNK = 65536 };

/* The whole of `f`, in `a`; more than the calculators take is left unread. 0, or 1 with errno. */
static int read_all(struct arena *a, FILE *f, struct str *ret)
{
	struct buf b = buf_make(a, CALC_BYTES_MAX + CHUNK);
	size_t n;

	do {
		char *to = buf_reserve(&b, CHUNK);

		if (!to)
			break;
		n = fread(to, 1, CHUNK, f);
		buf_advance(&b, n);
	} while (n > 0 && b.len <= CALC_BYTES_MAX);
	if (ferror(f))
		return 1;
	*ret = buf_str(&b);
	return 0;
}

/* The document named on the command line, "-" being standard input. An exit code: a file that cannot
 * be read is bad input like any other. */
static int read_document_file(struct arena *a, const char *name, struct str *ret)
{
	bool is_stdin = strcmp(name, "-") == 0;
	FILE *f = is_stdin ? stdin : fopen(name, "rb");
	int r;

	if (!f) {
		(void)fprintf(stderr, "jalon calc: %s: %s\n", name, strerror(errno));
		return CLI_USAGE;
	}
	r = read_all(a, f, ret);
	if (r != 0)
		(void)fprintf(stderr, "jalon calc: %s: %s\n", name, strerror(errno));
	if (!is_stdin)
		(void)fclose(f);
	return r == 0 ? CLI_OK : CLI_USAGE;
}

static int print_result(struct str json)
{
	bool ok = fwrite(json.data, 1, json.len, stdout) == json.len && putchar('\n') != EOF &&
		  fflush(stdout) == 0;

	if (!ok)
		(void)fprintf(stderr, "jalon calc: cannot write: %s\n", strerror(errno));
	return ok ? CLI_OK : CLI_DATA;
}

static int calculate(struct arena *a, struct arena scratch, enum calculator c, const char *file)
{
	struct calc_errors errors = { .n = 0 };
	struct str json, result;
	int r = read_document_file(a, file, &json);

	if (r != CLI_OK)
		return r;
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
	int r;

	if (argc != 3 || calc_find(str_from(argv[1]), &c) != 0) {
		(void)fprintf(stderr, "usage: jalon calc score|consolidate|quadrant|rank FILE|-\n");
		return CLI_USAGE;
	}
	arena_init(&a, ARENA_BYTES);
	arena_init(&scratch, ARENA_BYTES);
	r = calculate(&a, scratch, c, argv[2]);
	arena_release(&scratch);
	arena_release(&a);
	return r;
}
