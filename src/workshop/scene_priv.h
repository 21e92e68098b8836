/* Inside the workshop's room: what its pages are made from, read once per request. */
#ifndef JALON_WORKSHOP_SCENE_PRIV_H
#define JALON_WORKSHOP_SCENE_PRIV_H

#include "chart/chart.h"
#include "domain/consolidate.h"
#include "rounds/opinions.h"
#include "rounds/room.h"
#include "view/view.h"
#include "workshop/rating.h"

/* A round with its workshop. */
struct scene {
	struct round round;
	const struct rating_kind *kind;
	const struct scorecard *card;
	struct str time_zone;
	bool has_workshop; /* the rest counts only then */
	struct workshop workshop;
	struct agenda agenda;
};

/* What takes `err` returns 0, a fault, or what is named. */

/* The round of the actor's organisation, with its workshop if it has one. DB_NOT_FOUND also when nothing can be rated
 * there. */
MUST_CHECK int scene_load(struct req *rq, int64_t round_id, struct scene *ret, struct err *err);
/* The place of what is talked about, or NULL. */
const struct agenda_item *scene_here(const struct scene *s);
/* Index of an item of the agenda in the card, or -1. */
int scene_index(const struct scene *s, struct str item);
/* Item `i` of the card, in words. */
struct rating_text scene_text(struct req *rq, const struct scene *s, size_t i);
/* By the round's mode. */
bool scene_is_anonymous(const struct scene *s);
/* "9 March 2026 at 08:30" on the organisation's clocks. */
struct str scene_when(struct req *rq, const struct scene *s, int64_t ms);
/* What a stored value is called: its title, or "6 out of 10". */
struct str value_words(struct req *rq, const struct rating_text *t, struct str value);

/* ---- distributions ---- */

struct spread_row {
	struct str label, count, share;
};

/* What was answered in one vote on one item, where it may be shown. */
struct spread {
	struct str title;   /* "First vote" */
	struct str hidden;  /* why it is not shown; empty: it is */
	uint32_t n;         /* answers */
	struct str finding; /* in words */
	struct chart_distribution drawing;
	struct str svg;    /* empty before spreads_draw() */
	struct html chart; /* the same */
	struct spread_row *rows;
	size_t n_rows;
	struct str mode; /* the value given most often; empty: none, or several equally often */
	enum opinions opinions; /* OPINIONS_NONE also when hidden */
	struct tally tally;
};

/* What was answered to item `item` of the card in a vote. Not drawn yet. `id` makes the chart's element ids unique in
 * the page. */
MUST_CHECK int spread_make(struct req *rq, const struct scene *s, size_t item, int vote,
			   const char *id, struct spread *ret, struct err *err);
/* How far opinions on each item of the card lie apart, one each, in its last vote; OPINIONS_NONE where that is not
 * revealed, or hidden. */
MUST_CHECK int opinions_load(struct req *rq, const struct scene *s, enum opinions **ret,
			     struct err *err);
/* Draws the votes on one item on one scale. */
void spreads_draw(struct req *rq, struct spread *spreads, size_t n);

/* How far the answers are from an agreed one. */
struct dissent {
	uint32_t n;     /* answers with points */
	uint32_t other; /* of them, another answer than the agreed one */
	uint32_t
		far; /* of those, at least half of the item's points away: on three steps, one step is */
};
struct dissent dissent_of(const struct scorecard *card, size_t item, const struct tally *t,
			  struct str agreed);

/* An outcome of the engine or a fault as a reply. */
struct reply *scene_failed(struct req *rq, int result, const struct err *err);

#endif
