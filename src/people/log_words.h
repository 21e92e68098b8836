/* What the log's entries say, in words. */
#ifndef JALON_PEOPLE_LOG_WORDS_H
#define JALON_PEOPLE_LOG_WORDS_H

#include "people/pages.h"

/* "member" as "Member"; what the catalogue does not know stays as it is. */
struct str kind_words(struct req *rq, struct str kind);
/* What changed between two short JSON objects of texts, in the order in which they name it. */
struct audit_change *change_words(struct req *rq, struct str before, struct str after,
				  size_t *ret_n);
/* "Role: Viewer → Owner", one line. */
struct str change_line(struct req *rq, const struct audit_change *change);

#endif
