/* Every route of the program: see routes.h. */
#include "phases/routes.h"

#include "calc/routes.h"
#include "people/routes.h"
#include "phases/scorecard/scorecard.h"
#include "phases/site/site.h"
#include "transfer/routes.h"

const struct route *const all_routes[] = {
	site_routes,     people_routes,   org_routes,  scorecard_routes,
	campaign_routes, transfer_routes, calc_routes, NULL,
};
