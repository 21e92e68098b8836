/* Saying it in the reader's language: see say.h. */
#include "cli/say.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Address space for one line: the longest argument that the system takes, several times over. */
enum { LINE_ARENA_BYTES = 64 * 1024 * 1024 };

enum language say_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *locale = getenv(names[i]);

		if (locale && *locale)
			return str_starts(str_from(locale), S("fr")) ? LANG_FR : LANG_EN;
	}
	return LANG_EN;
}

struct str say_text(struct arena *a, const char *id, const struct tr_arg *values)
{
	return tr_with(a, say_language(), id, values);
}

void say_line(const char *id, const struct tr_arg *values)
{
	struct arena a;

	arena_init(&a, LINE_ARENA_BYTES);
	printf("%.*s\n", STR_ARG(say_text(&a, id, values)));
	arena_release(&a);
}

void say_problem(struct str place, struct str sentence)
{
	fprintf(stderr, "jalon: %.*s%s%.*s\n", STR_ARG(place), place.len ? ": " : "",
		STR_ARG(sentence));
}

void say_error_at(struct str place, const char *id, const struct tr_arg *values)
{
	struct arena a;

	arena_init(&a, LINE_ARENA_BYTES);
	say_problem(place, say_text(&a, id, values));
	arena_release(&a);
}

void say_error(const char *id, const struct tr_arg *values)
{
	say_error_at(S(""), id, values);
}

/* The words of the C library, which speaks French only where the machine's locales are installed. */
struct str say_errno(int code)
{
	static const struct {
		int code;
		const char *text;
	} known[] = {
		{ ENOENT, N_("No such file or directory") },
		{ EACCES, N_("Permission denied") },
		{ EPERM, N_("Operation not permitted") },
		{ EISDIR, N_("Is a directory") },
		{ ENOTDIR, N_("Not a directory") },
		{ EEXIST, N_("File exists") },
		{ ENAMETOOLONG, N_("File name too long") },
		{ ELOOP, N_("Too many levels of symbolic links") },
		{ EROFS, N_("Read-only file system") },
		{ ENOSPC, N_("No space left on device") },
		{ EDQUOT, N_("Disk quota exceeded") },
		{ EFBIG, N_("File too large") },
		{ EIO, N_("Input/output error") },
		{ EPIPE, N_("Broken pipe") },
		{ EBADF, N_("Bad file descriptor") },
		{ EMFILE, N_("Too many open files") },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].code == code)
			return tr(say_language(), known[i].text);
	return str_from(strerror(code));
}

void say_usage(FILE *to, const struct usage *lines)
{
	enum language l = say_language();
	size_t widest = 0;

	for (const struct usage *u = lines; u->synopsis; u++) {
		size_t width = utf8_count(tr(l, u->synopsis));

		widest = width > widest ? width : widest;
	}
	for (; lines->synopsis; lines++) {
		struct str synopsis = tr(l, lines->synopsis);

		fprintf(to, "  jalon %.*s%*s  %.*s\n", STR_ARG(synopsis),
			(int)(widest - utf8_count(synopsis)), "", STR_ARG(tr(l, lines->what)));
	}
	if (lines->what)
		fprintf(to, "\n%.*s\n", STR_ARG(tr(l, lines->what)));
}
