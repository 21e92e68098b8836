/* The log: see log.h. */
#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"

enum { LINE_MAX_BYTES = 4096, ARENA_BYTES = 64 * 1024 };

static const char *const level_names[] = {
	[LOG_DEBUG] = "debug",
	[LOG_INFO] = "info",
	[LOG_WARNING] = "warning",
	[LOG_ERROR] = "error",
};

/* journald reads a priority from "<n>" at the start of a line. */
static const char level_priorities[] = {
	[LOG_DEBUG] = '7',
	[LOG_INFO] = '6',
	[LOG_WARNING] = '4',
	[LOG_ERROR] = '3',
};

static void put_value(struct buf *b, const struct log_field *f)
{
	if (f->is_number)
		buf_i64(b, f->number);
	else
		buf_quoted(b, f->text);
}

static void put_json(struct buf *b, struct str when, enum log_level level, const char *event,
		     const struct log_field *fields)
{
	buf_fmt(b, "{\"time\":\"%.*s\",\"level\":\"%s\",\"event\":", STR_ARG(when),
		level_names[level]);
	buf_quoted(b, str_from(event));
	for (; fields->name; fields++) {
		buf_fmt(b, ",\"%s\":", fields->name);
		put_value(b, fields);
	}
	buf_puts(b, "}\n");
}

static void put_text(struct buf *b, int fd, struct str when, enum log_level level,
		     const char *event, const struct log_field *fields)
{
	if (!isatty(fd))
		buf_fmt(b, "<%c>", level_priorities[level]);
	buf_fmt(b, "%.*s %-7s %s", STR_ARG(when), level_names[level], event);
	for (; fields->name; fields++) {
		buf_fmt(b, " %s=", fields->name);
		put_value(b, fields);
	}
	buf_putc(b, '\n');
}

void log_event(const struct logger *l, enum log_level level, const char *event,
	       const struct log_field *fields)
{
	struct arena a;
	struct buf b;

	if (level < l->least)
		return;
	arena_init(&a, ARENA_BYTES);
	b = buf_make(&a, LINE_MAX_BYTES);
	if (l->format == LOG_JSON)
		put_json(&b, time_iso(&a, time_now_ms()), level, event, fields);
	else
		put_text(&b, l->fd, time_iso(&a, time_now_ms()), level, event, fields);
	if (b.full && b.len)
		b.data[b.len - 1] = '\n';
	/* A log that cannot be written must not stop the work it speaks of. */
	if (write(l->fd, b.data ? b.data : "", b.len) < 0)
		(void)0;
	arena_release(&a);
}
