/*
 * Requests that change something come from our own pages. First what the browser says itself
 * (Sec-Fetch-Site, then Origin); where it says nothing, the form's token: an HMAC, under the
 * installation's secret, of a random cookie that only this browser has.
 */
#ifndef JALON_HTTP_CSRF_H
#define JALON_HTTP_CSRF_H

#include "http/exchange.h"

/* From the head alone. */
enum origin_check csrf_check_head(const struct exchange *ex);
/* The form's token; `value` is empty when the form has none. */
bool csrf_check_token(struct exchange *ex, struct str value);

#endif
