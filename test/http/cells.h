/*
 * The matrix of who may ask for what: every route of the program, its arguments filled with rows of the world by
 * their kind, asked by those who may and by those who may not. A new route is in it without a word about it here;
 * a kind of id that the world does not know fails the test.
 */
#ifndef JALON_TEST_HTTP_CELLS_H
#define JALON_TEST_HTTP_CELLS_H

#include "http/jobs.h"

enum cell_kind {
	CELL_MAY,       /* who may: nothing of the others is shown or changed */
	CELL_ANONYMOUS, /* nobody: 303 to sign in, 401 for what changes something */
	CELL_FOREIGN,   /* the owner of the other organisation, and somebody in none: 404 */
	CELL_LOWER,     /* a member whose role is too low: 403 */
	CELL_FORMER, /* a closed account, an old session, one that was ended: 303 or 401; a member no more: 404 */
	CELL_FOREIGN_ID, /* one's own address with one id of the other organisation in path, query or form */
	CELL_OTHER_PARENT, /* a child of another parent of the same organisation */
	CELL_DEAD_LINK,    /* a link that was closed, used, or is too old: 410, or 404 */
	CELL_WRONG_LINK,   /* the link of something else: 404 */
	CELL_JOB,          /* nobody asks: what the program does by itself */
	CELL_KINDS
};
extern const char *const cell_kind_names[CELL_KINDS];

struct cell {
	enum cell_kind kind;
	const struct route *route;
	const struct job *job; /* instead of a request */
	const char *headers;   /* who asks; NULL: nobody */
	const char *path, *form;
	enum world_org own;  /* whose rows may be shown and changed; WORLD_ORGS: nobody's */
	enum world_org also; /* and shown only: who asks belongs there */
	bool sees_all;       /* an administrator: names of all */
	bool changes_own;    /* the wrong id may be left out of account, and the rest done */
	int statuses[8];     /* that are right, 0 ends; none: anything under 500 */
};

struct cells {
	struct cell *items;
	size_t n;
};

/* Every cell, in the order of the routes. */
struct cells cells_make(struct world *w);
/* Tries it. What is wrong, or empty. */
struct str cell_try(struct world *w, const struct cell *cell, struct response *ret);

#endif
