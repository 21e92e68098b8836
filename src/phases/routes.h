/* Every route of the program. */
#ifndef JALON_PHASES_ROUTES_H
#define JALON_PHASES_ROUTES_H

#include "http/http.h"

/* The rooms' tables; ends with NULL. */
extern const struct route *const all_routes[];

#endif
