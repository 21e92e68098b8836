/* ZIP archives, as office files are made of. */
#ifndef JALON_DOCUMENT_ZIP_PRIV_H
#define JALON_DOCUMENT_ZIP_PRIV_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

struct zip_part {
	const char *name;
	struct str bytes;
};
struct zip_parts VEC(struct zip_part);

/* The parts in this order, deflated, without dates or owners: the same parts give the same bytes. `max`
 * bounds the archive; past it *ret is empty. The bytes live in `a`. */
MUST_CHECK int zip_write(struct arena *a, const struct zip_parts *parts, size_t max,
			 struct str *ret, struct err *err);

#endif
