/* The home of an organisation: how far it is on the path, what is under way, and what comes next. */
#ifndef JALON_PHASES_OVERVIEW_OVERVIEW_H
#define JALON_PHASES_OVERVIEW_OVERVIEW_H

#include "http/http.h"

/* Ends with a NULL handler. */
extern const struct route overview_routes[];

#endif
