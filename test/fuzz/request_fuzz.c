/*
 * Any bytes as a request to the sample site: "METHOD TARGET", header lines, an empty line, a body. It is
 * always answered, with a status and with the security headers.
 */
#include "harness/request.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "http/sample.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct logger quiet = { .fd = STDERR_FILENO, .least = LOG_ERROR + 1 };
	const struct server_config config = { .log = &quiet,
					      .routes = sample_routes,
					      .assets = sample_assets };
	struct str rest = str_make((const char *)data, size), line = str_cut(&rest, '\n');
	struct str method = str_cut(&line, ' '), head;
	struct response got;
	const char *end;
	struct arena a;

	/* The library never hands out a NUL in these. */
	if (memchr(data, 0, size) || str_contains(line, S("slow")))
		return 0;
	arena_init(&a, (size_t)64 << 20);
	end = rest.len ? memmem(rest.data, rest.len, "\n\n", 2) : NULL;
	head = str_slice(rest, 0, end ? (size_t)(end - rest.data) : rest.len);
	rest = str_slice(rest, head.len + 2, rest.len);
	got = site_request(site_make(&a, &config), str_c(&a, method), str_c(&a, line),
			   str_c(&a, head), rest);
	assert(got.status >= 200 && got.status < 600);
	assert(answer_header(&got, "content-security-policy").len &&
	       answer_header(&got, "cache-control").len);
	arena_release(&a);
	return 0;
}
