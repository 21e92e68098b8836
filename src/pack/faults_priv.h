/* Collecting what is wrong with a pack, for pack.h's struct pack_faults. */
#ifndef JALON_PACK_FAULTS_PRIV_H
#define JALON_PACK_FAULTS_PRIV_H

#include "pack/pack.h"

enum { PACK_FAULTS_MAX = 100 };

/* Adds a fault, its message in `a`. Past PACK_FAULTS_MAX it is dropped. Parts that come from the file go
 * through fault_part(), so that the message stays readable whatever the file holds. */
void fault_add(struct arena *a, struct pack_faults *faults, int line, int column,
	       const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The first 60 characters of `s`, for a message. Borrows. */
struct str fault_part(struct str s);

/* Puts the faults in the order of the file; those of one place stay in the order they were found. */
void faults_sort(struct pack_faults *faults);

#endif
