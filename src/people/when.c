/* Moments in words: see people.h. */
#include "i18n/zone.h"
#include "people/people.h"

struct str when_words(struct req *rq, struct str zone, int64_t ms)
{
	enum { MINUTE_MS = 60 * 1000, DAY_MINUTES = 24 * 60 };
	int64_t local = ms + zone_offset(zone, ms);
	int minute = (int)(local / MINUTE_MS % DAY_MINUTES);

	return tr_fill(
		rq->arena, tr(rq->language, "{date} at {hour}:{minute}"),
		(const struct tr_arg[]){ { "date", fmt_date(rq->arena, rq->language, local) },
					 { "hour", str_fmt(rq->arena, "%02d", minute / 60) },
					 { "minute", str_fmt(rq->arena, "%02d", minute % 60) } },
		3);
}

struct str moment_words(struct req *rq, int64_t ms)
{
	return when_words(rq, rq->actor.time_zone, ms);
}

struct str day_words(struct req *rq, int64_t ms)
{
	return fmt_date(rq->arena, rq->language, ms + zone_offset(rq->actor.time_zone, ms));
}
