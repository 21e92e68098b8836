/* The room's routes. */
#ifndef JALON_PEOPLE_ROUTES_H
#define JALON_PEOPLE_ROUTES_H

#include "http/http.h"

/* Accounts and sessions; organisations, invitations and administration. Each ends with a NULL handler. */
extern const struct route people_routes[];
extern const struct route org_routes[];

#endif
