/*
 * What the command line says to people, in their language: French where the locale says so, English
 * everywhere else. Names of commands, settings, files and columns of --json are the same in both, and so are
 * the lines of the log.
 *
 * A sentence is a text of the catalogue whose {placeholders} are filled in by VALUES(…), or NULL when it has
 * none. What stands before a sentence with a colon says where ("jalon: ", "jalon.conf:4: ", "listen: ") and
 * is written as compilers and Unix tools write it, in French too.
 */
#ifndef JALON_CLI_SAY_H
#define JALON_CLI_SAY_H

#include <stdio.h>

#include "i18n/i18n.h"

/* LC_ALL, else LC_MESSAGES, else LANG, the first that is not empty: French when it begins with "fr". The
 * environment does not change, so it is asked each time and nothing is kept. */
enum language say_language(void);

/* The sentence itself, in `a`. */
struct str say_text(struct arena *a, const char *id, const struct tr_arg *values);
/* A line on standard output. */
void say_line(const char *id, const struct tr_arg *values);
/* A line on standard error: "jalon: …". */
void say_error(const char *id, const struct tr_arg *values);
/* The same about a place: "jalon: PLACE: …". */
void say_error_at(struct str place, const char *id, const struct tr_arg *values);
/* The same where the sentence is made already; `place` may be empty. */
void say_problem(struct str place, struct str sentence);

/* What the system refuses, by errno: "No such file or directory". Lives forever. */
struct str say_errno(int code);

/* How a command is used: a list whose end has no synopsis, but may have a sentence for below the list. */
struct usage {
	const char *synopsis; /* without "jalon "; an N_() text, as `what` */
	const char *what;     /* it does */
};
/* The list in two columns, each line after "  jalon ", and the sentence. */
void say_usage(FILE *to, const struct usage *lines);

#endif
