/* Every route of the program: see routes.h. */
#include "phases/routes.h"

#include "calc/routes.h"
#include "people/routes.h"
#include "phases/scorecard/scorecard.h"
#include "phases/site/site.h"
#include "plan/plan.h"

const struct route *const all_routes[] = {
	site_routes,     people_routes, org_routes,  scorecard_routes,
	campaign_routes, plan_routes,   calc_routes, NULL,
};
