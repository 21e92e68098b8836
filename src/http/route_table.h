/*
 * How a route table is written: what fills a struct of arguments, and the kinds of routes that there are many
 * of. Included by files that hold such a table.
 */
#ifndef JALON_HTTP_ROUTE_TABLE_H
#define JALON_HTTP_ROUTE_TABLE_H

#include <stddef.h>

#include "http/http.h"

/* A struct of arguments and what fills it. */
#define ARGS(s, ...)                                        \
	{                                                   \
		sizeof(struct s), (const struct arg_spec[]) \
		{                                           \
			__VA_ARGS__,                        \
			{                                   \
				.name = NULL                \
			}                                   \
		}                                           \
	}
#define TEXT(s, member, name, source, is_required, most)                                 \
	{                                                                                \
		name, source, ARG_TEXT, is_required, 0, most, offsetof(struct s, member) \
	}
#define EXACT(s, member, name, source, is_required, most)                                 \
	{                                                                                 \
		name, source, ARG_EXACT, is_required, 0, most, offsetof(struct s, member) \
	}
#define SECRET(s, member, name, source, is_required, most)                                 \
	{                                                                                  \
		name, source, ARG_SECRET, is_required, 0, most, offsetof(struct s, member) \
	}
#define LINES(s, member, name, source, is_required, most)                                 \
	{                                                                                 \
		name, source, ARG_LINES, is_required, 0, most, offsetof(struct s, member) \
	}
#define NUMBER(s, member, name, source, is_required, least, most)                           \
	{                                                                                   \
		name, source, ARG_INT, is_required, least, most, offsetof(struct s, member) \
	}
#define FLAG(s, member, name, source)                                        \
	{                                                                    \
		name, source, ARG_FLAG, .offset = offsetof(struct s, member) \
	}
#define ID(s, member, name, source, is_required)                                        \
	{                                                                               \
		name, source, ARG_ID, is_required, .offset = offsetof(struct s, member) \
	}
/* All other fields; `most` code points each. */
#define REST(s, member, name, source, most)                                               \
	{                                                                                 \
		name, source, ARG_REST, .max = most, .offset = offsetof(struct s, member) \
	}
/* A part of the path that is called like the member. */
#define PATH_ID(s, member) ID(s, member, #member, ARG_PATH, true)
#define TOKEN(s)                                                                        \
	{                                                                               \
		"token", ARG_PATH, ARG_TOKEN, true, .offset = offsetof(struct s, token) \
	}

/* What follows the title are members: .limit, .prepare, .show_errors, .body_limit. */
#define GET_PAGE(p, h, perm, a, ...)                                                      \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_READ, .args = (a), .title = __VA_ARGS__                    \
	}
/* What takes long to make: documents, workbooks, large computations. */
#define GET_SLOW(p, h, perm, a, ...)                                                      \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_SLOW, .args = (a), .title = __VA_ARGS__                    \
	}
#define POST_FORM(p, h, perm, a, ...)                                                      \
	{                                                                                  \
		.method = METHOD_POST, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_WRITE, .body = BODY_FORM, .args = (a), .title = __VA_ARGS__ \
	}

#endif
