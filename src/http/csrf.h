/*
 * Requests that change something come from our own pages. First what the browser says itself
 * (Sec-Fetch-Site, then Origin); where it says nothing, the form's token: an HMAC, under the
 * installation's secret, of a random cookie that only this browser has.
 */
#ifndef JALON_HTTP_CSRF_H
#define JALON_HTTP_CSRF_H

#include "http/exchange.h"

/* What the head says of where the request comes from. */
enum origin_check csrf_check_head(const struct exchange *ex);
/* Whether `value` is the token of this browser's forms; empty, as in a form without one, never is. */
bool csrf_check_token(struct exchange *ex, struct str value);

#endif
