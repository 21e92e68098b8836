/*
 * What the log's entries say, in words. Each room has the words of what it writes down (audit_add()), in a struct
 * log_words; the composition root lists them all.
 */
#ifndef JALON_PEOPLE_LOG_WORDS_H
#define JALON_PEOPLE_LOG_WORDS_H

#include "http/http.h"

/* What an entry is about (its object_kind); `words` is a text of the catalogue. */
struct told_kind {
	const char *kind, *words;
};

/* A key of audit_value(), and what people call it. */
struct told_field {
	const char *key;
	const char *words; /* NULL: for programs, said to nobody */
	/* A value of it in words; empty: as it stands. NULL: all are texts of people. */
	struct str (*say)(struct req *rq, struct str value);
};

/* Both end with {NULL}. A field is looked up among those of the room that has the kind. */
struct log_words {
	const struct told_kind *kinds;
	const struct told_field *fields;
};

/* This room's. */
extern const struct log_words people_log;
/* Every room's; ends with NULL. Defined where the program is put together (phases/routes.c). */
extern const struct log_words *const log_rooms[];

#endif
