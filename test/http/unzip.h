/* ZIP archives in tests: what is in them, and the same with something changed. */
#ifndef JALON_TEST_HTTP_UNZIP_H
#define JALON_TEST_HTTP_UNZIP_H

#include "base/arena.h"
#include "base/str.h"

/* Every file of it, one after another; empty when it is no ZIP. */
struct str unzip_text(struct arena *a, struct str zip);
/* One file; no data when it is not there. */
struct str unzip_file(struct arena *a, struct str zip, const char *name);
/* One file with the first `from` replaced by `to`; no data when there is none. */
struct str unzip_changed(struct arena *a, struct str zip, const char *name, const char *from,
			 const char *to);

enum rezip {
	REZIP_ADD,
	REZIP_REPLACE,
	REZIP_LEAVE_OUT,
	REZIP_LINK /* in its place, a symbolic link */
};
/* The archive with that done to the file `name`. */
struct str rezip(struct arena *a, struct str zip, const char *name, const struct str *bytes,
		 enum rezip how);

#endif
