/* What files are called that one keeps: see people.h. */
#include <glib.h>

#include "base/buf.h"
#include "i18n/zone.h"
#include "people/people.h"

enum { WORDS_MAX = 60 /* bytes of one part or so: the whole is to be read in a list of files */ };

/* "Été à l’œuvre" → "ete-a-l-oeuvre"; empty when the Latin alphabet has no letters for it. */
static struct str ascii_words(struct arena *a, struct str s)
{
	struct buf b = buf_make(a, WORDS_MAX + 2);
	char *plain = g_utf8_validate(s.data, (gssize)s.len, NULL)
			      ? g_str_to_ascii(str_c(a, s), "C")
			      : NULL;
	bool is_between = false;

	for (const char *c = plain ? plain : ""; *c && b.len < WORDS_MAX; c++) {
		if (!g_ascii_isalnum(*c)) {
			is_between = b.len > 0;
			continue;
		}
		if (is_between)
			buf_putc(&b, '-');
		buf_putc(&b, g_ascii_tolower(*c));
		is_between = false;
	}
	g_free(plain);
	return buf_str(&b);
}

struct str file_name(struct req *rq, const struct file_label *label)
{
	int64_t at = label->at_ms ? label->at_ms : rq->now_ms;
	struct str whose = ascii_words(rq->arena, label->whose);
	struct str what = ascii_words(rq->arena, tr(rq->language, label->what));
	struct str moment = local_text(rq->arena, at + zone_offset(label->zone, at));
	struct str day = str_cut(&moment, 'T');

	return str_fmt(rq->arena, "%.*s%s%.*s-%.*s.%s", STR_ARG(whose), whose.len ? "-" : "",
		       STR_ARG(what), STR_ARG(day), label->ending);
}

struct str org_file_name(struct req *rq, const char *what, const char *ending)
{
	return file_name(rq, &(struct file_label){ .whose = rq->actor.org_name,
						   .zone = rq->actor.time_zone,
						   .what = what,
						   .ending = ending });
}
