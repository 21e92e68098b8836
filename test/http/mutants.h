/* The queries of the program, each with one of its conditions on the organisation dropped (tools/mutants.py). */
#ifndef JALON_TEST_HTTP_MUTANTS_H
#define JALON_TEST_HTTP_MUTANTS_H

struct mutant {
	const char *query;     /* "people.member_get" */
	const char *condition; /* "m.org_id = $1" */
	const char *sql;       /* the engine's text without it */
};

/* Of each engine's statements; they end with a NULL query. */
extern const struct mutant sqlite_mutants[], postgres_mutants[];

#endif
