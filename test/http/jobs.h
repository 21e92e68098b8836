/*
 * What the program does for an organisation without being asked by a request: handing mails over, and reading
 * tables page by page. Each is tried for Kestrel in a write that is then undone (world_do()).
 */
#ifndef JALON_TEST_HTTP_JOBS_H
#define JALON_TEST_HTTP_JOBS_H

#include "http/world.h"

struct job {
	const char *name;
	/* Writes into *told what it found: whatever an outsider could learn by it. 0 or a fault. */
	int (*run)(struct world *w, struct db *db, struct buf *told, struct err *err);
};

/* Ends with a NULL name. */
extern const struct job jobs[];

#endif
