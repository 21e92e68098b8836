/* `jalon pack check FILE`: what is wrong with a content pack, or what is in it. */
#include <stdio.h>

#include "cli/cli.h"
#include "base/buf.h"
#include "cli/file.h"
#include "cli/words.h"
#include "pack/pack.h"

enum { ARENA_BYTES = PACK_ARENA_BYTES + 2 * PACK_BYTES_MAX };

static const struct usage usage[] = {
	{ N_("pack check FILE"), N_("check a content pack") },
	{ NULL, NULL },
};

static void print_faults(const char *path, const struct pack_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		const struct pack_fault *f = &faults->items[i];

		fprintf(stderr, "%s:%d:%d: %.*s\n", path, f->line, f->column, STR_ARG(f->message));
	}
}

static void print_summary(struct arena *a, const char *path, const struct pack *pack)
{
	const struct scorecard *sc = &pack->scorecard.def;
	enum language l = say_language();

	printf("%s: ", path);
	say_line(
		"valid: {id} version {version}, {questions} questions, {categories} categories, {bands} bands, {points} points, languages {languages}",
		VALUES({ "id", pack->id }, { "version", str_i64(a, pack->version) },
		       { "questions", fmt_int(a, l, (int64_t)sc->n_questions) },
		       { "categories", fmt_int(a, l, (int64_t)sc->n_categories) },
		       { "bands", fmt_int(a, l, (int64_t)sc->n_bands) },
		       { "points", fmt_int(a, l, sc->max) },
		       { "languages", fmt_list(a, l, pack->languages, pack->n_languages) }));
}

static int check(struct arena *a, const char *path)
{
	struct pack_faults faults;
	struct pack pack;
	struct str yaml, why;

	if (file_read(a, str_from(path), PACK_BYTES_MAX, &yaml, &why) != 0) {
		say_problem(str_from(path), why);
		return CLI_USAGE;
	}
	if (pack_load(a, say_language(), yaml, &pack, &faults) == PACK_OK) {
		print_summary(a, path, &pack);
		return CLI_OK;
	}
	print_faults(path, &faults);
	return CLI_FAILED;
}

int cmd_pack(int argc, char **argv)
{
	struct str action = str_from(argc > 1 ? argv[1] : "");
	struct arena a;
	int code;

	if (argc != 3 || !str_is(action, "check"))
		return words_refuse(action, usage);
	arena_init(&a, ARENA_BYTES);
	code = check(&a, argv[2]);
	arena_release(&a);
	return code;
}
