/*
 * How firm a consolidated score is: what it would be had other respondents, like these, answered.
 *
 * The bootstrap (B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7,
 * 1979): as many respondents are drawn again from those there are, with replacement, and the score is
 * computed anew; over all such draws it has a distribution, whose spread is shown. Nothing is drawn at
 * random here: the distribution of a median over all draws has a closed form, and that of a sum
 * follows, so that the same counts always give the same figures and the cost hardly grows with the
 * number of respondents.
 *
 * Only counts per question are kept, not who gave which answers together. So each question is drawn
 * on its own, as if answers to different questions had nothing to do with one another. Where they go
 * together (the same people see everything brighter) the true range is wider than the one given; where
 * they make up for one another it is narrower. Those who left a question blank stay left out of it.
 */
#ifndef JALON_DOMAIN_RESAMPLE_H
#define JALON_DOMAIN_RESAMPLE_H

#include "domain/consolidate.h"

enum {
	RESAMPLE_RESPONDENTS_MIN = 5, /* from fewer, nothing is said */
	RESAMPLE_WHOLE = 1000000000,  /* the chance that is certain */
};

/* How often a band comes out. Over all bands, shares sum to SHARE_WHOLE and percents to 100. */
struct band_chance {
	int share;   /* ten-thousandths */
	int percent; /* may be 0 for what is rare: `share` tells */
};

struct score_range {
	bool is_known; /* false: too few respondents, and nothing else is set */
	int low, high; /* 90 % of the draws are between, both included, in half points */
	struct band_chance *bands; /* one per band of the scorecard */
	int *chances;              /* of each score, by half points; they sum to RESAMPLE_WHOLE */
	size_t n_chances;          /* 2 * max + 1 */
};

/*
 * The spread of the score that consolidate() gives for `t`, in `a`.
 *
 * `low` is the least score that at least 5 % of the draws do not exceed, `high` the least that at least
 * 95 % do not exceed (the percentile interval, Efron 1981); where the score itself lies outside, which
 * happens when many medians are close calls, the range is widened to hold it.
 */
struct score_range score_range(struct arena *a, const struct scorecard *sc,
			       const struct tallies *t);

/* Shares out `whole` in proportion to `n` parts, none negative and not all 0, by largest remainder
 * (Hamilton's method); between equal remainders the first gains. The results sum to `whole`. */
void share_out(const int64_t *parts, size_t n, int whole, int *ret);

#endif
