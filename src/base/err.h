/*
 * Faults and outcomes. A function that can fail returns int:
 *
 *   0         it worked;
 *   negative  a FAULT: the machine, the database or Jalon itself is at fault. Pass it up unchanged;
 *             only http/ and cli/ log it and show an incident number;
 *   positive  a documented OUTCOME (not found, conflict, invalid) that the caller must handle.
 *
 * `struct err *err` comes last and is filled only on a fault. Outputs are named ret_… and are not
 * touched on failure.
 */
#ifndef JALON_BASE_ERR_H
#define JALON_BASE_ERR_H

#include <stddef.h>

/* Every fault. The list is the documentation; add at the end. */
enum fault {
	FAULT_SYSTEM = -1,    /* the operating system refused: file, socket, thread */
	FAULT_DB = -2,        /* the database answered with an error we did not expect */
	FAULT_DB_GONE = -3,   /* the database or the way to it is lost; nothing was written */
	FAULT_DB_UNSURE = -4, /* the connection broke during a commit: written or not */
	FAULT_DB_FULL = -5,   /* no room on the disk, or the file cannot grow */
	FAULT_DB_SCHEMA = -6, /* the schema is newer than this program, or not ours */
	FAULT_INPUT = -7, /* a file that ships with Jalon or that an operator named is not valid */
	FAULT_INTERNAL = -8, /* our own mistake */
};

struct err {
	int code;         /* a fault, or 0 */
	const char *file; /* where it was first seen */
	int line;
	char text[320]; /* technical, for the log; English; no personal data */
};

/* Fills *err (NULL is allowed) and returns `code`, so that `return err_set(…)` reads well. */
#define err_set(err, code, ...) err_set_at((err), (code), __FILE__, __LINE__, __VA_ARGS__)
int err_set_at(struct err *err, int code, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The result must be looked at. */
#define MUST_CHECK __attribute__((warn_unused_result))

#endif
