/*
 * Time zones: what clocks show somewhere. Read from the machine's zone files (tzdata, TZif as in RFC 8536,
 * with the rule that goes on after their last change);
 * a zone that is not known there is UTC. Nothing of the process (TZ, localtime()) is used, so that each
 * request may speak of another zone.
 */
#ifndef JALON_I18N_ZONE_H
#define JALON_I18N_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "i18n/i18n.h"

/* What clocks in `name` ("Europe/Paris") show at `utc_ms`, less UTC, in milliseconds. */
int64_t zone_offset(struct str name, int64_t utc_ms);
/* The instant at which clocks in `name` show `local_ms` (milliseconds since 1970 as if it were UTC). Of the
 * hour that comes twice, the second; of the one that is left out, an hour later. */
int64_t zone_to_utc(struct str name, int64_t local_ms);

/* Reads "2026-03-09T08:30", as browsers send it, or with a space, as people type it, as if it were UTC. 0, or 1
 * when it is no such time. */
MUST_CHECK int local_parse(struct str s, int64_t *ret_ms);
/* The reverse, in `a`. */
struct str local_text(struct arena *a, int64_t ms);

/* "23 November 2026 at 20:45": what clocks in `name` show at `utc_ms`, in `a`. */
struct str zone_words(struct arena *a, enum language l, struct str name, int64_t utc_ms);

#endif
