/*
 * Departments against questions: each department's median on each question and what it makes of each
 * category, with what would tell too much about few people left out.
 */
#ifndef JALON_DOMAIN_HEAT_H
#define JALON_DOMAIN_HEAT_H

#include "domain/consolidate.h"

enum heat_state {
	HEAT_EMPTY, /* nobody answered: no data */
	HEAT_SHOWN,
	HEAT_HIDDEN, /* to protect the respondents: this cell's, or others that it would reveal */
};

/* A figure; all zero unless shown, so that nothing hidden can leak through a page. */
struct heat_cell {
	enum heat_state state;
	int points;     /* median, or sum of medians, in half points */
	int share;      /* of the maximum, in ten-thousandths */
	int difference; /* points less those of the whole */
};

struct heat_row {
	struct str name;
	enum heat_state state; /* of the group as a whole; a hidden group's cells are all hidden */
	uint32_t respondents;  /* 0 unless shown */
	struct heat_cell *questions;  /* one per question */
	struct heat_cell *categories; /* one per category */
	struct heat_cell score;
};

struct heat {
	struct heat_row *rows; /* in the order given */
	size_t n_rows;
	struct tallies tallies; /* of the whole */
	struct consolidation whole;
	size_t n_hidden; /* groups hidden */
};

/* A department's counts. */
struct heat_group {
	struct str name;
	const struct tallies *tallies;
};

/*
 * The table of `n` departments, in `a`. `without_group` counts those who named none, and may be NULL;
 * they are in the whole and never a row. `threshold` is at least GROUP_THRESHOLD_MIN.
 *
 * The whole is taken as shown, with its counts, and so is each shown cell with all of its own. Then:
 *
 * 1. Groups are shown or hidden as groups_hide() says.
 * 2. A cell where fewer than `threshold` people of its group count (the others left the question blank)
 *    is hidden.
 * 3. In each question, the rules 2 and 3 of groups_hide() hold for the cells: no single hidden one,
 *    no shadow of fewer than GROUP_THRESHOLD_MIN people.
 * 4. Where a single cell must stay hidden all the same because none is left to hide with it, the empty
 *    cells beside it are hidden too: it could be any of them.
 * 5. A category, and the score, is shown only when no question in it is hidden for that group: there
 *    is then nothing that a difference could reveal. A question nobody of the group answered counts as
 *    0 in it, as in the consolidated score.
 *
 * The whole itself is always computed: whether so few respondents may be shown anything is for the
 * caller to decide. With a single group and nobody outside it, that group is the whole.
 */
struct heat heat_make(struct arena *a, const struct scorecard *sc, const struct heat_group *groups,
		      size_t n, const struct tallies *without_group, uint32_t threshold);

/* The look of a share, 1 to 5: 0 to 19 %, 20 to 39, 40 to 59, 60 to 79, 80 and over, of the whole per
 * cent that a reader sees. */
int heat_level(int share);

#endif
