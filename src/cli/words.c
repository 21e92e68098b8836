/* The words of a command: see words.h. */
#include "cli/words.h"

#include <stdio.h>

#include "base/guess.h"
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

/* Whether the usage has the action ("user disable|enable EMAIL"); *ret_nearest is the nearest of those that it has. */
static bool find_action(struct str action, const struct usage *usage, struct str *ret_nearest)
{
	struct guess g = { .word = action };

	for (; usage->synopsis; usage++) {
		struct str rest = str_from(usage->synopsis), names;

		(void)str_cut(&rest, ' ');
		names = str_cut(&rest, ' ');
		while (names.len) {
			struct str name = str_cut(&names, '|');

			if (str_eq(action, name))
				return true;
			guess_offer(&g, name);
		}
	}
	*ret_nearest = g.best;
	return false;
}

static int show_usage(const struct usage *usage)
{
	fprintf(stderr, "%.*s\n", STR_ARG(tr(say_language(), "usage:")));
	say_usage(stderr, usage);
	return CLI_USAGE;
}

int words_refuse_number(struct str action, const struct usage *usage)
{
	say_error("wrong number of arguments for {action}", VALUES({ "action", action }));
	return show_usage(usage);
}

int words_refuse(struct str action, const struct usage *usage)
{
	struct str nearest = { "", 0 };

	if (action.len == 0)
		say_error("an action is missing", NULL);
	else if (find_action(action, usage, &nearest))
		return words_refuse_number(action, usage);
	else if (nearest.len)
		say_error("unknown action {action}; did you mean {nearest}?",
			  VALUES({ "action", action }, { "nearest", nearest }));
	else
		say_error("unknown action {action}", VALUES({ "action", action }));
	return show_usage(usage);
}
