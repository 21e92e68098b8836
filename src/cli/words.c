/* The words of a command: see words.h. */
#include "cli/words.h"

#include <stdio.h>

#include "base/utf8.h"
#include "cli/cli.h"

static bool take_flag(const struct words_flag *flags, struct str word)
{
	for (; flags && flags->name; flags++)
		if (str_is(word, flags->name)) {
			*flags->ret = true;
			return true;
		}
	return false;
}

int words_take(struct words *w, const struct words_flag *flags, int *argc, char **argv)
{
	int n = 1;

	for (int i = 1; i < *argc; i++) {
		struct str word = str_from(argv[i]);

		if (!utf8_valid(word)) {
			say_error("an argument is not valid UTF-8", NULL);
			return CLI_USAGE;
		}
		if (take_flag(flags, word))
			continue;
		if (w && !str_starts(word, S("-")) && n == 1 && w->n < WORDS_MAX)
			w->items[w->n++] = word;
		else
			argv[n++] = argv[i];
	}
	*argc = n;
	return CLI_OK;
}

bool words_are(const struct words *w, const char *action, size_t n)
{
	return w->n == n && str_is(w->items[0], action);
}

int words_usage(const struct usage *usage)
{
	fprintf(stderr, "%.*s\n", STR_ARG(tr(say_language(), "usage:")));
	say_usage(stderr, usage);
	return CLI_USAGE;
}
