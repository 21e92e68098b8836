/* Where somebody who is signed in begins: the portfolio, and the first page of an organisation. */
#ifndef JALON_PHASES_HOME_HOME_H
#define JALON_PHASES_HOME_HOME_H

#include "http/http.h"

/* Ends with a NULL handler. */
extern const struct route home_routes[];

#endif
