/* Every route of the program, and what else rooms put into a list: see routes.h. */
#include "phases/routes.h"

#include "calc/routes.h"
#include "people/log_words.h"
#include "people/routes.h"
#include "phases/home/home.h"
#include "phases/overview/overview.h"
#include "phases/scorecard/scorecard.h"
#include "phases/site/site.h"
#include "plan/plan.h"
#include "transfer/routes.h"
#include "workshop/rating.h"
#include "workshop/routes.h"

const struct route *const all_routes[] = {
	home_routes,      site_routes,     people_routes,  org_routes,  overview_routes,
	scorecard_routes, campaign_routes, results_routes, plan_routes, workshop_routes,
	transfer_routes,  calc_routes,     NULL,
};

const struct log_words *const log_rooms[] = { &people_log, &scorecard_log, &plan_log, NULL };

const struct rating_kind *const rating_kinds[] = { &scorecard_rating, NULL };
