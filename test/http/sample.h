/* A small site of the http suite's own: one route of each kind. */
#ifndef JALON_TEST_HTTP_SAMPLE_H
#define JALON_TEST_HTTP_SAMPLE_H

#include "http/server.h"

enum {
	SAMPLE_BIG = 8 * 1024 * 1024, /* bytes of /big */
	SAMPLE_TEXT = 30000,          /* bytes of /text, nearly */
	SAMPLE_TOPICS = 10,           /* of /news/{topic} */
};

extern const struct route *const sample_routes[];
extern const struct asset sample_assets[];

#endif
