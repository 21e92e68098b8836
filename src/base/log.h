/*
 * The log: one line per event on standard error, as text or as JSON. Values are escaped, so that no
 * line can forge another. Nothing personal is ever logged: no address, no token, no answer; routes
 * are logged by their pattern, not by the path asked for.
 * Only http/ and cli/ log; libraries return faults.
 */
#ifndef JALON_BASE_LOG_H
#define JALON_BASE_LOG_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };
enum log_format { LOG_TEXT, LOG_JSON };

/* One named value of an event. */
struct log_field {
	const char *name;
	struct str text; /* used when `name` is set and is_number is not */
	int64_t number;
	bool is_number;
};

#define LOG_STR(field_name, value) ((struct log_field){ .name = (field_name), .text = (value) })
#define LOG_NUM(field_name, value) \
	((struct log_field){ .name = (field_name), .number = (value), .is_number = true })

struct logger {
	int fd;
	enum log_level least; /* events below are dropped */
	enum log_format format;
};

/* Writes one event in one write(2). `event` is a short constant English phrase; `fields` ends with an
 * entry whose name is NULL. Lines are cut at 4 KiB. Safe from any thread. */
void log_event(const struct logger *l, enum log_level level, const char *event,
	       const struct log_field *fields);

/* log_event() with fields in place; at least one: log_info(l, "listening", LOG_STR("address", a)). */
#define log_at(l, level, event, ...)     \
	log_event((l), (level), (event), \
		  (const struct log_field[]){ __VA_ARGS__, { .name = NULL } })
#define log_info(l, event, ...) log_at((l), LOG_INFO, (event), __VA_ARGS__)
#define log_warning(l, event, ...) log_at((l), LOG_WARNING, (event), __VA_ARGS__)
#define log_error(l, event, ...) log_at((l), LOG_ERROR, (event), __VA_ARGS__)

#endif
