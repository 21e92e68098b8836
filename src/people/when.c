/* Moments in words: see people.h. */
#include "i18n/zone.h"
#include "people/people.h"

struct str when_words(struct req *rq, struct str zone, int64_t ms)
{
	return zone_words(rq->arena, rq->language, zone, ms);
}

struct str moment_words(struct req *rq, int64_t ms)
{
	return when_words(rq, rq->actor.time_zone, ms);
}

struct str day_words(struct req *rq, int64_t ms)
{
	return fmt_date(rq->arena, rq->language, ms + zone_offset(rq->actor.time_zone, ms));
}
