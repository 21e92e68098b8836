/* What every phase's code finds in rq->app: the program's own constant data. */
#ifndef JALON_PHASES_APP_H
#define JALON_PHASES_APP_H

#include "base/memo.h"
#include "http/http.h"
#include "pack/pack.h"
#include "people/people.h"

enum { APP_EXAMPLES_MAX = 3 };

/* A fictitious sheet that a demonstration shows. */
struct example {
	struct str name;
	struct str token; /* of its link, as text */
};

struct app {
	const struct pack *pack;
	size_t pack_language[LANG_N]; /* where the pack has the texts of each language */
	struct str contact_url; /* "https://…" or "mailto:…"; empty: no contact link is shown */
	struct example examples[APP_EXAMPLES_MAX]; /* of a demonstration */
	size_t n_examples;                         /* 0 but in a demonstration */
	bool is_closed;    /* the public may not begin sheets (setting public-scorecard) */
	struct memo *kept; /* markup by what it was made of; NULL: made anew each time */
};

static inline const struct app *app_of(const struct req *rq)
{
	return rq->app;
}

/* The pages say what `pack` says, in its languages; it outlives `app`. */
void app_set_pack(struct app *app, const struct pack *pack);

/* The pack's text in the request's language, or in the pack's first where it has not that one. Borrows from the pack. */
struct str say(const struct req *rq, const struct text *t);

#endif
