/* The words of a command that does several things: `jalon org export ID FILE --json [SETTING...]`. */
#ifndef JALON_CLI_WORDS_H
#define JALON_CLI_WORDS_H

#include "base/err.h"
#include "base/str.h"
#include "cli/say.h"

enum { WORDS_MAX = 3 };

struct words {
	struct str items[WORDS_MAX]; /* what is to be done, then what with */
	size_t n;
};
/* `--json`; a list ends with {NULL}. */
struct words_flag {
	const char *name;
	bool *ret; /* set to true where the flag stands */
};

/* Takes the words that stand before all settings, and the flags, out of argv; the rest are settings. `w` NULL: there
 * are no words; `flags` NULL: no flags. CLI_OK, or CLI_USAGE when an argument is not UTF-8, which is said on standard
 * error. */
MUST_CHECK int words_take(struct words *w, const struct words_flag *flags, int *argc, char **argv);
/* Whether they are `action` and n - 1 words more. */
bool words_are(const struct words *w, const char *action, size_t n);
/* Says on standard error what is wrong with `action`, the command's first word (empty: there is none), and how the
 * command is used, whose actions are the second words of `usage`. Returns CLI_USAGE. */
int words_refuse(struct str action, const struct usage *usage);
/* The same, of an action that is known or of a command that does one thing: it takes another number of words. */
int words_refuse_number(struct str action, const struct usage *usage);

#endif
