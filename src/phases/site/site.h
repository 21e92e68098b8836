/* The pages that belong to no phase (home, method, personal data, accessibility), the assets, and the
 * installation's secret. */
#ifndef JALON_PHASES_SITE_SITE_H
#define JALON_PHASES_SITE_SITE_H

#include "base/digest.h"
#include "db/db.h"
#include "http/http.h"
#include "http/server.h"
#include "view/view.h"

/* Ends with a NULL handler. In debug builds it has the style guide too. */
extern const struct route site_routes[];

/* nav.pathnav of the seven milestones with `here`, an id of the pack's, as the current one; none is when it is no such
 * id. */
struct html site_steps(struct req *rq, const char *here);

/* Every file the pages load, compiled in; ends with an empty path. */
extern const struct asset site_assets[];

/* The style guide's markup (debug builds). */
extern const struct str site_styleguide;

/* The installation's secret, made on first use. 0 or a fault. */
MUST_CHECK int site_secret(struct db_pool *pool, uint8_t ret[SHA256_BYTES], struct err *err);

#endif
