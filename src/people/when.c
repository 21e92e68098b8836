/* Moments in words. */
#include "base/timing.h"
#include "people/pages.h"

struct str moment_words(struct req *rq, int64_t ms)
{
	/* Of "2026-11-23T20:45:00.123Z" the hours and minutes. */
	struct str iso = time_iso(rq->arena, ms);

	return str_fmt(rq->arena, "%.*s, %.*s UTC", STR_ARG(fmt_date(rq->arena, rq->language, ms)),
		       STR_ARG(str_slice(iso, 11, 16)));
}
