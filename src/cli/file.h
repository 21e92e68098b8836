/* Files that the command line reads whole. */
#ifndef JALON_CLI_FILE_H
#define JALON_CLI_FILE_H

#include "base/err.h"
#include "base/str.h"

/* The content of the file at `path` ("-": standard input), at most `max` bytes, in `a`. 0, or 1 when it cannot
 * be read or is larger, with the reason as the reader of the console understands it in *ret_why. */
MUST_CHECK int file_read(struct arena *a, struct str path, size_t max, struct str *ret,
			 struct str *ret_why);

#endif
