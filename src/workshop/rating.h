/*
 * What a workshop has to know of the items it goes through, whatever is rated. Each phase that has rounds
 * offers one `struct rating_kind`; the workshop's pages ask it and know nothing else of the phase.
 */
#ifndef JALON_WORKSHOP_RATING_H
#define JALON_WORKSHOP_RATING_H

#include "http/http.h"
#include "rounds/round.h"

/* An option, or a level of a scale. */
struct rating_choice {
	struct str value; /* as it is sent and stored */
	struct str title, detail;
};

/* An item in the request's language. Texts may be empty but for `label` and `text`. */
struct rating_text {
	struct str label; /* a few words, for lists */
	struct str text;  /* as it is asked */
	struct str help;
	struct str group;
	bool is_scale;
	struct str low, high; /* the ends of a scale */
	struct rating_choice *choices;
	size_t n_choices;
	struct rating_choice unknown; /* "I don’t know" */
};

/* One of the steps that follow a workshop. */
struct rating_next {
	struct str title, detail;
	struct str path, label; /* where it is taken, and what its button says */
	bool is_file;           /* the path is a download */
};

struct rating_kind {
	const char *name; /* round.kind */
	/* The items with their values and points, as tallies are read. NULL when the round is about items that
	 * the program no longer has. */
	const struct scorecard *(*card)(const struct req *rq, const struct round *round);
	/* Texts of item `i` of that card, in the request's arena. */
	struct rating_text (*text)(struct req *rq, const struct round *round, size_t i);
	/* What to do once the workshop is over, in order and in the request's arena; nothing where the round shows no
	 * results. 0 or a fault. */
	int (*next)(struct req *rq, const struct round *round, struct rating_next **ret,
		    size_t *ret_n, struct err *err);
};

/* Every kind there is; ends with NULL. Given by the program (phases/routes.c). */
extern const struct rating_kind *const rating_kinds[];

#endif
