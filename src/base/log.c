/* The log: see log.h. */
#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/timing.h"

enum { LINE_MAX_BYTES = 4096 };

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

static void put_json(struct buf *b, enum log_level level, const char *event,
		     const struct log_field *fields)
{
	buf_puts(b, "{\"time\":\"");
	time_iso_put(b, time_now_ms());
	buf_fmt(b, "\",\"level\":\"%s\",\"event\":", level_names[level]);
	buf_quoted(b, str_from(event));
	for (; fields->name; fields++) {
		buf_fmt(b, ",\"%s\":", fields->name);
		put_value(b, fields);
	}
	buf_puts(b, "}\n");
}

static void put_text(struct buf *b, int fd, enum log_level level, const char *event,
		     const struct log_field *fields)
{
	if (!isatty(fd))
		buf_fmt(b, "<%c>", level_priorities[level]);
	time_iso_put(b, time_now_ms());
	buf_fmt(b, " %-7s %s", level_names[level], event);
	for (; fields->name; fields++) {
		buf_fmt(b, " %s=", fields->name);
		put_value(b, fields);
	}
	buf_putc(b, '\n');
}

void log_event(const struct logger *l, enum log_level level, const char *event,
	       const struct log_field *fields)
{
	char line[LINE_MAX_BYTES + 1];
	struct buf b = buf_fixed(line, sizeof line);

	if (level < l->least)
		return;
	if (l->format == LOG_JSON)
		put_json(&b, level, event, fields);
	else
		put_text(&b, l->fd, level, event, fields);
	if (b.full && b.len)
		b.data[b.len - 1] = '\n';
	/* A log that cannot be written must not stop the work it speaks of. */
	if (write(l->fd, b.data, b.len) < 0)
		(void)0;
}
