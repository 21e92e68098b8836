/* How far an organisation is with each milestone, from what it has done so far. */
#ifndef JALON_PHASES_OVERVIEW_PROGRESS_H
#define JALON_PHASES_OVERVIEW_PROGRESS_H

#include "phases/overview/pages.h"
#include "phases/scorecard/scorecard.h"

/* What is known of the first milestone. */
struct scorecard_facts {
	const struct round_line *rounds; /* the latest first */
	size_t n_rounds;
	struct kept_facts kept;
};

/* Done once a campaign with answers is closed; under way as soon as there is a campaign or a finished sheet. */
enum progress scorecard_progress(const struct scorecard_facts *f);
/* The one that is open, else the latest draft or one waiting, else the latest; NULL without any. */
const struct round_line *round_to_show(const struct scorecard_facts *f);

#endif
