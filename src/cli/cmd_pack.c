/* `jalon pack check FILE`: what is wrong with a content pack, or what is in it. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/file.h"
#include "pack/pack.h"

enum { ARENA_BYTES = PACK_ARENA_BYTES + 2 * PACK_BYTES_MAX };

static void print_faults(const char *path, const struct pack_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		const struct pack_fault *f = &faults->items[i];

		fprintf(stderr, "%s:%d:%d: %.*s\n", path, f->line, f->column, STR_ARG(f->message));
	}
}

static void print_summary(const char *path, const struct pack *pack)
{
	const struct scorecard *sc = &pack->scorecard.def;

	printf("%s: valid: %.*s version %d, %zu questions, %zu categories, %zu bands, %d points, languages",
	       path, STR_ARG(pack->id), pack->version, sc->n_questions, sc->n_categories,
	       sc->n_bands, sc->max);
	for (size_t i = 0; i < pack->n_languages; i++)
		printf(" %.*s", STR_ARG(pack->languages[i]));
	putchar('\n');
}

static int check(struct arena *a, const char *path)
{
	struct pack_faults faults;
	struct pack pack;
	struct str yaml;
	struct err err;
	int r = file_read(a, str_from(path), PACK_BYTES_MAX, &yaml, &err);

	if (r < 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_DATA;
	}
	if (pack_load(a, yaml, &pack, &faults) == PACK_OK) {
		print_summary(path, &pack);
		return CLI_OK;
	}
	print_faults(path, &faults);
	return CLI_FAILED;
}

int cmd_pack(int argc, char **argv)
{
	struct arena a;
	int code;

	if (argc != 3 || !str_is(str_from(argv[1]), "check")) {
		fputs("usage: jalon pack check FILE\n", stderr);
		return CLI_USAGE;
	}
	arena_init(&a, ARENA_BYTES);
	code = check(&a, argv[2]);
	arena_release(&a);
	return code;
}
