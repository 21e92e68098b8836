/* ZIP archives: what office files and exports are made of. */
#ifndef JALON_DOCUMENT_ZIP_H
#define JALON_DOCUMENT_ZIP_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

struct zip_file {
	struct str name;
	struct str bytes;
};
struct zip_files VEC(struct zip_file);

enum zip_outcome { ZIP_OK = 0, ZIP_TOO_LARGE = 1 /* more than `max` bytes */ };

/* The files in this order, deflated, without dates or owners: the same files give the same bytes. The
 * archive, of at most `max` bytes, lives in `a`. Returns an enum zip_outcome or a fault. */
MUST_CHECK int zip_write(struct arena *a, const struct zip_files *files, size_t max,
			 struct str *ret, struct err *err);

#endif
