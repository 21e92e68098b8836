/*
 * Strict number parsing: the whole string or nothing. No leading spaces, no plus sign, no leading
 * zeros, no exponent, ASCII digits only. People's own notations (1 234,5) are i18n's business.
 */
#ifndef JALON_BASE_NUM_H
#define JALON_BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum num_outcome {
	NUM_OK = 0,
	NUM_SYNTAX = 1, /* not a number */
	NUM_RANGE = 2,  /* a number outside min..max */
};

/* Decimal integer in min..max into *ret. Returns enum num_outcome. */
MUST_CHECK int num_parse(struct str s, int64_t min, int64_t max, int64_t *ret);

/*
 * Decimal with at most `decimals` digits after a point, as a whole number of 10^-decimals:
 * num_parse_fixed("3.5", 3, …) gives 3500. min and max are in the same unit. Returns enum num_outcome.
 */
MUST_CHECK int num_parse_fixed(struct str s, int decimals, int64_t min, int64_t max, int64_t *ret);

/* a / b rounded half up (towards plus infinity), for b > 0: the one rounding rule of the product. */
int64_t num_div_round(int64_t a, int64_t b);

#endif
