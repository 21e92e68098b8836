/*
 * The result of one sheet in words: everything the result page, the shared page and the PDF say,
 * computed once, so that all three say the same.
 */
#ifndef JALON_PHASES_SCORECARD_RESULT_H
#define JALON_PHASES_SCORECARD_RESULT_H

#include "phases/scorecard/sheet.h"

enum { RESULT_TOP_ACTIONS = 3 };

/* Of one sheet, or of a campaign, whose `points` are half points. */
struct result_category {
	struct str id, title, meaning;
	int points, max, share;               /* share: ten-thousandths */
	bool is_halved;                       /* a campaign's */
	struct str points_words, share_words; /* "10,5"; "58 %" */
	int look;                             /* 1.. the colour of charts */
	bool has_before;                      /* in the campaign compared with */
	struct str change;
	int change_half; /* half points */
};

struct result_question {
	size_t index; /* in the pack */
	int number;   /* from 1 */
	struct str id, label, category;
	bool is_asked;
	bool is_blank;      /* asked, no answer */
	struct str answer;  /* in words; "sans réponse", "je ne sais pas" */
	struct str comment; /* as written; empty when none */
	int points, max;
	struct str remark; /* strengths, weaknesses: a sentence; unknowns: whom to ask */
	bool has_gain;
	int gain;
	struct str next; /* the answer one step up, in words */
};

struct result_step {
	int number;
	struct str id, value; /* the question and the answer stepped to, as in a form */
	struct str title;     /* "Tracer toutes les sources" */
	struct str from, to;  /* answers in words */
	int points;
};

struct result_action {
	int number; /* in the band's list */
	struct str id, title, detail;
	struct str reason; /* why it is proposed: the answers it responds to */
	bool is_done;      /* already in place, by the answers given */
	struct str
		settled; /* what was agreed since that changes it, in a sentence; empty: nothing */
	struct str *labels; /* the questions it serves */
	size_t n_labels;
};

struct result_band {
	struct str id, title, estimate;
	int min, max;
	bool is_here;
};

struct result {
	const struct sheet *sheet;
	struct score score;
	struct str date; /* of the last answer */
	struct str band_id, band_title, estimate, headline;
	struct str points;      /* "20 points sur 34" */
	struct str share;       /* "59 %" */
	struct str band_range;  /* "de 15 à 25 points" */
	struct str needed;      /* "encore 6 points avant…"; empty in the last band */
	struct str *commentary; /* paragraphs */
	size_t n_commentary;
	struct result_band *bands;
	size_t n_bands;
	struct result_category *categories;
	size_t n_categories;
	struct result_question *questions; /* all, in order */
	size_t n_questions;
	struct result_question *strengths, *weaknesses, *unknowns, *blanks;
	size_t n_strengths, n_weaknesses, n_unknowns, n_blanks;
	struct result_step *steps;
	size_t n_steps;
	struct str actions_title;
	struct result_action *actions; /* not yet in place first, most useful first */
	size_t n_actions;
	size_t n_top; /* how many of them make the first screen */
	struct str next_title, next_text;
	bool next_is_identify;
	struct str caveat;
};

/* The result of `sheet` in rq->language, in the request's arena. */
struct result result_make(struct req *rq, const struct sheet *sheet);

/* The same with a score of another origin than the sheet's answers: what several people's came to, of whom the
 * sheet holds typical answers. */
struct result result_make_from(struct req *rq, const struct sheet *sheet, struct score score);

/* Only where the score stands: the score, its band in words, points and range, the bands, the date and what comes
 * next. The rest is empty. */
struct result result_position(struct req *rq, const struct sheet *sheet);

/* An answer in words, in the request's arena and language: an option's title, "7 sur 10", "je ne sais
 * pas", "sans réponse". */
struct str answer_words(struct req *rq, size_t question, struct answer answer);

#endif
