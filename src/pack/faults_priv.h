/* Collecting what is wrong with a pack, for pack.h's struct pack_faults. */
#ifndef JALON_PACK_FAULTS_PRIV_H
#define JALON_PACK_FAULTS_PRIV_H

#include "pack/pack.h"

enum { PACK_FAULTS_MAX = 100 };

/* Where faults go, and in which language. */
struct reporter {
	struct arena *a;
	enum language language;
	struct pack_faults *faults;
};

/* Adds a fault: a sentence of the catalogue with its VALUES(…) or NULL, after `path` in the pack when that is not
 * empty. Past PACK_FAULTS_MAX it is dropped. Values that come from the file go through fault_part() or
 * fault_quoted(), so that the message stays readable whatever the file holds. */
void fault_add(const struct reporter *r, int line, int column, struct str path, const char *id,
	       const struct tr_arg *values);

/* The first 60 characters of `s`, for a message. Borrows. */
struct str fault_part(struct str s);
/* The same in the quotation marks of the language, in the reporter's arena. */
struct str fault_quoted(const struct reporter *r, struct str s);

/* Puts the faults in the order of the file; those of one place stay in the order they were found. */
void faults_sort(struct pack_faults *faults);

#endif
