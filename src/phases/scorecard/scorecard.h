/* Phase 1, the scorecard: what it offers the rest of the program. */
#ifndef JALON_PHASES_SCORECARD_SCORECARD_H
#define JALON_PHASES_SCORECARD_SCORECARD_H

#include "http/http.h"
#include "workshop/rating.h"

/* The pages of the respondent and of shared results; ends with a NULL handler. */
extern const struct route scorecard_routes[];
/* The pages of those who run campaigns in an organisation. */
extern const struct route campaign_routes[];
/* Its questions, for workshops. */
extern const struct rating_kind scorecard_rating;

#endif
