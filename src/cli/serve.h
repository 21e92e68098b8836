/* Serving the site until a signal ends it. */
#ifndef JALON_CLI_SERVE_H
#define JALON_CLI_SERVE_H

#include <stdbool.h>

#include "cli/config.h"

/* Opens the database, migrates, listens, prints the address, and returns an exit code after SIGTERM or
 * SIGINT. A demonstration is filled with fictitious sheets first, and every page says so. */
MUST_CHECK int serve_site(struct arena *a, const struct config *config, bool is_demo);

#endif
