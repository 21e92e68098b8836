/* How the room's route tables are written. */
#ifndef JALON_PEOPLE_ROUTE_ARGS_H
#define JALON_PEOPLE_ROUTE_ARGS_H

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
#define TEXT(s, member, name, source, is_required, max)                                 \
	{                                                                               \
		name, source, ARG_TEXT, is_required, 0, max, offsetof(struct s, member) \
	}
#define FLAG(s, member, name, source)                                        \
	{                                                                    \
		name, source, ARG_FLAG, .offset = offsetof(struct s, member) \
	}
#define ORG(s)                                                                               \
	{                                                                                    \
		"org", ARG_PATH, ARG_ID, .required = true, .offset = offsetof(struct s, org) \
	}
#define ID(s, member, name, source, is_required)                                        \
	{                                                                               \
		name, source, ARG_ID, is_required, .offset = offsetof(struct s, member) \
	}
#define TOKEN(s)                                                                  \
	{                                                                         \
		"token", ARG_PATH, ARG_TOKEN, .required = true,                   \
					      .offset = offsetof(struct s, token) \
	}

#define GET_PAGE(p, h, perm, a, t)                                                        \
	{                                                                                 \
		.method = METHOD_GET, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_READ, .args = (a), .title = (t)                            \
	}
/* What follows the title are members: .prepare, .show_errors. */
#define POST_FORM(p, h, perm, a, ...)                                                      \
	{                                                                                  \
		.method = METHOD_POST, .path = (p), .handler = (h), .permission = &(perm), \
		.class = ROUTE_WRITE, .body = BODY_FORM, .args = (a), .title = __VA_ARGS__ \
	}

#endif
