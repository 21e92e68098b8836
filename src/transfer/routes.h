/* The routes of an organisation's whole data. */
#ifndef JALON_TRANSFER_ROUTES_H
#define JALON_TRANSFER_ROUTES_H

#include "http/http.h"

/* Ends with a NULL handler. */
extern const struct route transfer_routes[];

#endif
