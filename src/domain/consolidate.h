/*
 * Several respondents to one scorecard: what they agree on, where they differ, and which groups of
 * them may be shown apart. Everything is computed from counts of answers, so the cost does not grow
 * with the number of respondents.
 */
#ifndef JALON_DOMAIN_CONSOLIDATE_H
#define JALON_DOMAIN_CONSOLIDATE_H

#include "domain/scorecard.h"

/* ---- counts ---- */

/* What a respondent did with a question. The numbers are stored: they never change. */
enum tally_kind {
	TALLY_UNANSWERED = 0, /* asked and left blank: left out of the median */
	TALLY_NOT_ASKED = 1,  /* counts as 0 points */
	TALLY_UNKNOWN = 2,    /* counts as 0 points */
	TALLY_VALUE = 3,      /* an option (its index) or a level (itself) */
};

/* How often each answer was given to one question. */
struct tally {
	uint32_t *values; /* by index of the option, or by level - scale_min */
	size_t n_values;
	uint32_t unanswered, not_asked, unknown;
};

struct tallies {
	uint32_t respondents;
	struct tally *questions; /* one per question of the scorecard */
};

/* Empty counts for `sc`, in `a`. */
struct tallies tallies_make(struct arena *a, const struct scorecard *sc);
/* Counts one respondent's answers, one per question; given to a question not asked: not counted. */
void tallies_count(const struct scorecard *sc, struct tallies *t, const struct answer *answers);
/* Adds `n` respondents who did `kind` (and, for TALLY_VALUE, `value`) with question `i`: for counts
 * that come from a database. The caller sets `respondents`. 0, or 1 when there is no such value. */
MUST_CHECK int tallies_add(const struct scorecard *sc, struct tallies *t, size_t i,
			   enum tally_kind kind, int value, uint32_t n);
/* How many gave an answer, "unknown" being one. */
uint32_t tally_given(const struct tally *t);
/* The same of a count as it is stored: `n`, where the kind is an answer. */
int64_t tally_given_of(enum tally_kind kind, int64_t n);
/* Whether so few gave an answer that nothing of it may be told where they are to stay unknown: of two, each would know
 * the other's. */
bool given_by_few(int64_t given);

/* Adds the counts of `other`, of the same scorecard, to `t`, respondents included. */
void tallies_merge(const struct scorecard *sc, struct tallies *t, const struct tallies *other);

/* ---- the result ---- */

struct question_spread {
	int median; /* in half points; 0 when nobody counts */
	int iqr;    /* interquartile range of the points, type 7, in quarter points */
	struct answer
		mode; /* given most often: an option, a level or unknown; missing when none was */
	struct answer also; /* the next one given as often; missing when the mode stands alone */
	uint32_t n_modes;   /* answers given as often as the mode, itself included */
	int mode_share;     /* of the answers given, in ten-thousandths */
	uint32_t mode_count, given; /* the share, exactly */
	uint32_t unknown;
};

struct consolidation {
	uint32_t respondents;
	int score;  /* sum of the medians, in half points */
	int points; /* the score rounded half up: the band is taken from it */
	size_t band;
	struct question_spread *questions; /* one per question */
	size_t *disagreement;              /* every question, the most disputed first */
};

/*
 * The consolidated result, in `a`.
 *
 * The median and the quartiles are those of points: not asked and unknown count as 0, an answer left
 * blank is left out. When the number is even the median is the mean of the two middle ones; quartiles
 * interpolate linearly (type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996).
 *
 * The mode is the answer given most often, "unknown" being one; between equals the first in the
 * pack's order (levels ascending), "unknown" last.
 *
 * Disagreement: smallest mode share first (compared exactly), then greatest interquartile range, then
 * the pack's order; questions nobody answered come last.
 */
struct consolidation consolidate(struct arena *a, const struct scorecard *sc,
				 const struct tallies *t);

/* ---- groups ---- */

enum {
	GROUP_THRESHOLD_MIN = 3,
	GROUP_THRESHOLD_DEFAULT = 5,
};

/* The respondents of one department. */
struct group {
	struct str name;
	uint32_t respondents;
	bool is_visible; /* set by groups_hide() */
};

/*
 * Decides which groups may be shown when the whole is shown too, so that nothing about a small group
 * follows by subtracting what is shown from the whole. `without_group` respondents named no group;
 * they are never shown apart. `threshold` is at least GROUP_THRESHOLD_MIN.
 *
 * 1. A group of fewer than `threshold` is hidden. Those without a group count as one hidden group when
 *    they are fewer than that (and at least one).
 * 2. When exactly one group is hidden, the smallest visible one is hidden too: otherwise the whole
 *    less the visible ones would be the hidden one.
 * 3. All who are not shown together are nobody or at least GROUP_THRESHOLD_MIN, whatever the number
 *    of groups they come from: of two people, each would know the other's answers. The smallest
 *    visible groups are hidden until that holds or none is left.
 *
 * Between groups of the same size, the first by name (byte order) is hidden, so that the same counts
 * always hide the same groups. An empty group is neither visible nor hidden. Returns the number of
 * hidden groups that have a name.
 */
size_t groups_hide(struct group *groups, size_t n, uint32_t without_group, uint32_t threshold);

#endif
