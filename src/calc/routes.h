/* The calculators over HTTP: POST /api/v1/calc/…, GET /api/v1/schemas/…. Anyone may call them: they
 * read nothing but what is sent. */
#ifndef JALON_CALC_ROUTES_H
#define JALON_CALC_ROUTES_H

#include "http/http.h"

/* Ends with a NULL handler. */
extern const struct route calc_routes[];

#endif
