/* The view model of this room's template. */
#ifndef JALON_PHASES_HOME_PAGES_H
#define JALON_PHASES_HOME_PAGES_H

#include "phases/scorecard/scorecard.h"
#include "view/view.h"

struct home_news {
	struct str org; /* id */
	struct scorecard_summary s;
	int64_t overdue;
};

#endif
