/* Reading files: see file.h. */
#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/say.h"

enum { CHUNK = 64 * 1024 };

/* Everything from `fd` into `b`. 0, or -1 with errno. */
static int read_all(int fd, struct buf *b)
{
	for (;;) {
		char *p = buf_reserve(b, CHUNK);
		ssize_t n;

		if (!p)
			return 0;
		n = read(fd, p, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		buf_advance(b, (size_t)n);
	}
}

int file_read(struct arena *a, struct str path, size_t max, struct str *ret, struct str *ret_why)
{
	bool is_stdin = str_is(path, "-");
	struct buf b = buf_make(a, max + CHUNK);
	int fd = is_stdin ? STDIN_FILENO : open(str_c(a, path), O_RDONLY | O_CLOEXEC);
	int r;

	*ret_why = (struct str){ "", 0 };
	if (fd < 0) {
		*ret_why = say_errno(errno);
		return 1;
	}
	r = read_all(fd, &b);
	if (r != 0)
		*ret_why = say_errno(errno);
	else if (b.full || b.len > max)
		*ret_why = say_text(a, "larger than {n} bytes",
				    VALUES({ "n", fmt_int(a, say_language(), (int64_t)max) }));
	else
		*ret = buf_str(&b);
	if (!is_stdin)
		close(fd);
	return ret_why->len ? 1 : 0;
}
