/* Faults: see err.h. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set_at(struct err *err, int code, const char *file, int line, const char *format, ...)
{
	va_list ap;

	if (!err)
		return code;
	err->code = code;
	err->file = file;
	err->line = line;
	va_start(ap, format);
	(void)vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	/* Libraries end theirs with a line feed, PostgreSQL's with two. */
	for (size_t n = strlen(err->text); n > 0 && err->text[n - 1] == '\n'; n--)
		err->text[n - 1] = '\0';
	return code;
}
