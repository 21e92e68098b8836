/* A request as the view layer sees one. */
#ifndef JALON_TEST_UNIT_VIEW_REQUEST_H
#define JALON_TEST_UNIT_VIEW_REQUEST_H

#include "http/http.h"

static const struct http_site request_site = { .base_path = STR("/data") };

static inline struct req request_make(struct arena *a, enum language l)
{
	return (struct req){
		.arena = a, .path = STR("/c/a b/é"), .language = l, .site = &request_site
	};
}

#endif
