/*
 * Reads a compiled gettext catalogue (.mo, GNU gettext manual, "The Format of GNU MO Files"), little
 * endian, with its hash table. Every offset is checked before it is followed, so that a damaged file
 * gives missing texts and nothing worse.
 */
#ifndef JALON_I18N_MO_H
#define JALON_I18N_MO_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { MO_STRINGS_MAX = 1 << 16 };

struct mo {
	struct str file;
	uint32_t n;         /* messages, the header included */
	uint32_t originals; /* where the tables begin: n pairs of length and offset */
	uint32_t translations;
	uint32_t hash_size; /* slots */
	uint32_t hash;
};

/* Opens the catalogue in `file`, which must outlive *ret. 0, or 1 when it is not one we can read. */
MUST_CHECK int mo_open(struct str file, struct mo *ret);

/* The translation of `id`; `context` is empty for none. A message with a plural is found by its
 * singular, and its forms are separated by NUL (mo_form()). data is NULL when there is none. */
struct str mo_find(const struct mo *m, struct str context, struct str id);

/* Form number `i` of a translation with plurals; data is NULL when it has fewer. */
struct str mo_form(struct str translation, unsigned i);

#endif
