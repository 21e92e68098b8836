/*
 * The scorecard: what a pack defines (questions, points, bands), what a respondent answered, and the
 * arithmetic between the two. Pure: no texts, no clock, no input or output.
 *
 * Points are whole numbers. Shares are in ten-thousandths, rounded half up: 5882 is 58.82 %.
 */
#ifndef JALON_DOMAIN_SCORECARD_H
#define JALON_DOMAIN_SCORECARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

enum {
	SCORECARD_QUESTIONS_MAX = 64,
	SCORECARD_OPTIONS_MAX = 16,
	SCORECARD_BANDS_MAX = 8,
	SCORECARD_CATEGORIES_MAX = 8,
	SCORECARD_LEVELS_MAX = 101, /* a scale has at most this many whole levels */
	SHARE_WHOLE = 10000,        /* the share that is all of it */
};

/* ---- answers ---- */

enum answer_kind {
	ANSWER_MISSING, /* left blank, or not asked */
	ANSWER_UNKNOWN, /* "je ne sais pas": a finding, 0 points */
	ANSWER_OPTION,  /* value: index of the option */
	ANSWER_LEVEL,   /* value: the level chosen on a scale */
};

struct answer {
	enum answer_kind kind;
	int value;
};

/* The same answer; `value` counts only where the kind has one. */
bool answer_eq(struct answer a, struct answer b);

/* ---- conditions on answers ---- */

/* One question's answer is among `answers`; ANSWER_MISSING and ANSWER_UNKNOWN may be among them. */
struct term {
	size_t question;
	struct answer *answers;
	size_t n;
};
struct terms VEC(struct term);      /* all must hold */
struct condition VEC(struct terms); /* any must hold; none at all (n == 0) always holds */

/* Whether `c` holds for `answers`, one per question. A question not asked counts as missing: pass
 * answers that answers_asked() has settled (those in a struct score are). */
bool condition_holds(const struct condition *c, const struct answer *answers);

/* ---- the definition ---- */

struct option {
	struct str id;
	int points;
};

struct scale_step {
	int from, to; /* levels, both included */
	int points;
};

enum question_kind { QUESTION_OPTIONS, QUESTION_SCALE };

struct question {
	struct str id;
	size_t category; /* index in scorecard.categories */
	enum question_kind kind;
	struct option *options; /* QUESTION_OPTIONS: in the order shown */
	size_t n_options;
	int scale_min, scale_max; /* QUESTION_SCALE */
	struct scale_step *steps; /* partition scale_min..scale_max, ascending */
	size_t n_steps;
	struct condition asked_when; /* on earlier questions only */
	int max;                     /* the most points it can give */
};

struct category {
	struct str id;
	int max; /* sum of its questions' max */
};

struct band {
	struct str id;
	int min, max; /* points, both included */
	int maturity; /* per cent, the band's estimate */
};

struct scorecard {
	struct category *categories;
	size_t n_categories;
	struct question *questions;
	size_t n_questions;
	struct band *bands; /* ascending, partition 0..max */
	size_t n_bands;
	size_t *leverage; /* question indexes, most leverage first; a permutation */
	int max;
};

/* Index of question `id`, or -1. */
int scorecard_find(const struct scorecard *sc, struct str id);
/* The points `answer` gives on `q`: 0 when missing or unknown. */
int question_points(const struct question *q, struct answer answer);
/* Copies `answers`, one per question, into `ret` (which may be the same array) with those given to a
 * question that is not asked made missing. */
void answers_asked(const struct scorecard *sc, const struct answer *answers, struct answer *ret);
/* Whether question `i` is asked, given the other answers. */
bool question_asked(const struct scorecard *sc, size_t i, const struct answer *answers);
/* The band that holds `points` (0..max). */
size_t scorecard_band(const struct scorecard *sc, int points);

/* Reads an answer to `q` written as text: an option's id, a whole number on a scale, or "unknown".
 * 0, or 1 when it is none of these. */
MUST_CHECK int answer_parse(const struct question *q, struct str text, struct answer *ret);
/* The reverse, in `a`; the empty string for a missing answer. */
struct str answer_text(struct arena *a, const struct question *q, struct answer answer);

/* ---- one response ---- */

struct question_score {
	bool asked;
	struct answer answer; /* missing when not asked */
	int points, max;
	int gain; /* what one more step brings; 0 at the top or when not asked */
	struct answer
		next; /* the answer one step up, when gain > 0: the least that gives more points */
};

struct category_score {
	int points, max;
	int share;
};

struct step {
	size_t question;
	struct answer from, to;
	int points; /* gained */
};
struct steps VEC(struct step);

struct score {
	int points, max;
	int share;
	bool complete; /* no asked question is unanswered */
	size_t band;
	bool has_next;                     /* false in the last band */
	int points_needed;                 /* to the next band */
	struct steps steps;                /* the shortest way there; see score_compute() */
	struct question_score *questions;  /* n_questions of them */
	struct category_score *categories; /* n_categories of them */
	/* Question indexes in the pack's order. */
	size_t *missing, *unknown;
	size_t n_missing, n_unknown;
	/* Question indexes, the most telling first: strengths give at least three quarters of their
	 * points; weaknesses were answered (unknown is not an answer here) and give at most half.
	 * Ordered by share of the question's points, then by points given or lost, then by leverage. */
	size_t *strengths, *weaknesses;
	size_t n_strengths, n_weaknesses;
};

/*
 * The score of one response, in `a`. `answers` holds one answer per question; one given to a question
 * that is not asked is read as missing.
 *
 * The shortest way to the next band is the smallest set of one-step improvements, at most one per
 * question, that gains points_needed; between sets of that size, the one that comes first in the
 * order of leverage, in which the steps are listed. When one step everywhere is not enough, all of
 * them are taken and the rest is sought from there, so that a question may then appear twice. A step
 * gains what its own question gains: what another one could give once it is asked comes later.
 */
struct score score_compute(struct arena *a, const struct scorecard *sc,
			   const struct answer *answers);

#endif
