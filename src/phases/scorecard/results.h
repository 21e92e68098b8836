/*
 * What a campaign came to, in words: everything its page, its documents and its workbook say, worked out once
 * from the tallies, so that all of them say the same and hide the same.
 *
 * The cost does not grow with the number of sheets. Comments are apart (rounds/tally.h).
 */
#ifndef JALON_PHASES_SCORECARD_RESULTS_H
#define JALON_PHASES_SCORECARD_RESULTS_H

#include "domain/compare.h"
#include "domain/heat.h"
#include "domain/resample.h"
#include "domain/standing.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/charts.h"
#include "rounds/few.h"
#include "rounds/opinions.h"
#include "rounds/shown.h"

/* How often one answer was given. Of those who gave none, apart: */
#define RESULTS_NOT_ASKED "not-asked"
#define RESULTS_BLANK "blank"
struct results_answer {
	struct str value; /* as stored: "some", "7", "unknown"; or one of those above */
	struct str label;
	struct str count; /* "12 (52 %)"; of those who gave no answer only the number */
	uint32_t n;
	int share; /* of the answers given, "I do not know" among them; ten-thousandths */
	bool has_points, has_share;
	int points;
	int look; /* of the chart: 1..5; 0: apart */
	bool is_mode;
};

/* What was agreed on, beside what was answered. */
struct results_agreement {
	struct answer choice;
	struct str value, answer; /* as stored; in words */
	struct str reason, when;
};

/* A workshop's second vote. */
struct results_vote {
	bool is_held;
	struct str hidden; /* why it is not shown; empty: it is */
	struct str n;      /* "7 votes" */
	struct str median, mode, mode_said;
	struct str words; /* all of it, in a sentence */
	struct results_answer *answers;
	size_t n_answers;
};

struct results_question {
	size_t index; /* in the pack */
	int number;   /* from 1 */
	struct str id, label, text, category;
	int max;
	bool is_few; /* few_answered(): all that tells of its answers is empty, or "–" */
	const struct question_spread *spread;
	struct str median, iqr;      /* "1,5"; "0,75" */
	struct str unknown;          /* how many do not know */
	struct str mode, mode_share; /* in words, a tie as one; "35 %", "33 % each" */
	struct str mode_said;        /* inside a sentence; empty: nobody answered */
	enum opinions opinions;      /* OPINIONS_AGREED where has_agreement */
	struct str opinions_words;
	struct str ask; /* whom to ask, where some do not know */
	uint32_t not_asked, blank;
	struct str asked; /* "Asked of 18 of 23"; empty where everybody was asked */
	struct results_answer *answers;
	size_t n_answers;
	struct str as_answered; /* its median and most frequent answer or a tie, in a sentence */
	struct results_vote second;
	bool has_agreement;
	struct results_agreement agreement;
	bool has_before, is_comparable; /* in the campaign compared with */
	struct str before, change;      /* "1"; "+0,5" */
	int change_half;                /* half points */
};

struct results_band {
	struct str id, title, estimate;
	int min, max;
	bool is_here;
	struct str chance; /* "62 %": how often it comes out; empty when nothing is said */
	int chance_share;
};

struct results_cell {
	enum heat_state state;
	int share, level; /* level: 1..5 */
	struct str words; /* "56 %"; hidden or empty: why, in words */
	struct str points;
};

struct results_department {
	struct str name;
	enum heat_state state;
	bool is_hidden;                  /* no figure of it is shown; state may be HEAT_SHOWN */
	struct str respondents;          /* empty unless shown */
	struct results_cell *categories; /* one per category */
	struct results_cell *questions;  /* one per question, in the pack's order */
	struct results_cell score;
};

/* One step of the shortest way. */
struct results_step {
	struct str id, value; /* as the what-if form sends it */
	struct str title, to;
	struct str from;   /* "0,5"; "–" where too few answered */
	struct str detail; /* from where to where */
	struct str gain;   /* "+1" */
};

struct results_choice {
	struct str id, title;
	bool is_chosen;
};

/* Why departments, or figures of them, are not shown. */
struct results_hiding {
	struct str words;  /* in the place of a figure */
	struct str reason; /* below the table */
	struct str rule;   /* above it */
	struct str how;    /* how it was computed */
};

struct results {
	struct round round;
	struct org_view org;
	const struct scorecard_pack *pack;
	enum round_shown shown; /* unless ROUND_SHOWN all that follows is empty */
	uint32_t n_sent;

	struct round_tallies tallies;
	struct consolidation whole;
	struct standing raw;
	struct result
		band; /* what the band says: headline, commentary, actions; of typical answers */

	struct str score, score_plain; /* "20,5"; "20.5" for programs */
	struct str points;             /* "20,5 points sur 34" */
	struct str respondents;        /* "23 réponses" */
	struct str sentence;           /* where opinions agree and where not */
	struct score_range range;
	struct str low, high; /* "18,5" */
	struct str range_words;
	struct str ignored; /* answers of another version of the pack; empty: none */

	struct result_category *categories;
	size_t n_categories;
	struct results_band *bands;
	size_t n_bands;
	struct results_question *questions; /* in the order asked for */
	size_t n_questions;
	bool by_pack;   /* that order is the pack's */
	size_t n_apart; /* still to be discussed: nothing is agreed on them */
	size_t n_unknown, n_not_asked, n_blank;
	struct str
		few_words; /* of questions that few answered: what is not shown, and that they count as
				 unanswered; empty: there are none */

	bool has_departments;
	bool hides_departments; /* something of one, at least */
	bool shows_departments; /* one, at least */
	struct results_hiding hiding;
	struct results_department *departments;
	size_t n_departments, n_hidden;

	size_t n_second; /* questions that a workshop voted on again */
	bool has_agreed; /* something was agreed on */
	struct standing agreed;
	struct str agreed_score, agreed_estimate;
	size_t n_agreed;
	bool has_minutes;        /* a workshop agreed on some of it */
	struct str agreed_title; /* "2 questions agreed in the workshop of 20 November 2026" */
	struct str agreed_words; /* the score that comes of it, beside the official one */

	struct median_way way;
	struct results_step *steps;
	size_t n_steps;
	struct str way_needed; /* "7,5 points short of the next band, …" */
	struct str way_sum;    /* what the steps bring together, and why it may be more */

	struct results_choice *earlier; /* campaigns to compare with */
	size_t n_earlier;
	bool has_before;
	struct str before_title, before_score, before_when, score_change, before_range;
	bool is_whole; /* the scores compare */
	int change_half;
};

struct results_query {
	int64_t round;
	int64_t with; /* an earlier campaign; 0: the latest, if there is one */
	bool by_pack;
	bool has_no_compare; /* nothing earlier is looked at */
};

/* The results that the actor may see, or why none are shown (shown_words()). 0, DB_NOT_FOUND when it has no such round,
 * or a fault. */
MUST_CHECK int results_load(struct req *rq, const struct results_query *q, struct results *ret,
			    struct err *err);

/* A score in half points as people write it: "20,5", "21". */
struct str half_words(struct req *rq, int half);
/* The same always with one decimal: "21,0". */
struct str score_words(struct req *rq, int half);
/* "+0,5", "−1", "=". */
struct str change_words_half(struct req *rq, int half);
/* Why nothing is shown, in a sentence; empty when it is. */
struct str shown_words(struct req *rq, const struct results *r);

/* ---- drawings ---- */

struct str results_scale_svg(struct req *rq, const char *id, const struct results *r, int score,
			     size_t band, bool has_range);
struct str results_distribution_svg(struct req *rq, const struct results_question *q);
/* `prefix` makes its ids unique in the page. */
struct str results_mini_svg(struct req *rq, const char *prefix, const struct results_question *q);
/* Of the second vote, where it is shown. */
struct str results_second_svg(struct req *rq, const struct results_question *q);
struct str results_second_mini_svg(struct req *rq, const struct results_question *q);
struct str results_chances_svg(struct req *rq, const struct results *r);
/* The distribution in a sentence. */
struct str results_distribution_words(struct req *rq, const struct results_question *q);

#endif
