/* The room's routes. */
#ifndef JALON_WORKSHOP_ROUTES_H
#define JALON_WORKSHOP_ROUTES_H

#include "http/http.h"

/* Facilitators' pages and minutes, and the participants' pages behind a room code. Ends with a NULL handler. */
extern const struct route workshop_routes[];

#endif
