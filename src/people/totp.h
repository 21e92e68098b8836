/* Second factor: codes of an authenticator application (RFC 6238: SHA-1, 30 seconds, 6 digits), and what
 * stands in for it when the telephone is lost. */
#ifndef JALON_PEOPLE_TOTP_H
#define JALON_PEOPLE_TOTP_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_STEP_MS = 30000 };

/* The code of the `step`-th 30 seconds since 1970, 0 to 999999. */
int totp_code(struct str secret, int64_t step);
/* Whether `typed` (spaces are passed over) is the code of now, or of the step before or after for clocks
 * that differ, and later than `last_step`. 0 with the step in *ret_step, or 1. */
MUST_CHECK int totp_check(struct str secret, struct str typed, int64_t now_ms, int64_t last_step,
			  int64_t *ret_step);
/* RFC 4648 base 32 without padding, in groups of four with spaces between when `spaced`. In `a`. */
struct str base32(struct arena *a, struct str bytes, bool spaced);
/* "otpauth://totp/Jalon:…": what authenticator applications read. In `a`. */
struct str totp_address(struct arena *a, struct str secret, struct str email);

enum { RECOVERY_CODES = 10 };
/* A new recovery code of 80 random bits, "abcd-efgh-jkmn-pqrs". In `a`. */
struct str recovery_make(struct arena *a);
/* SHA-256 of a code as typed, small or large, with or without dashes and spaces. In `a`. */
struct str recovery_hash(struct arena *a, struct str typed);

#endif
