/* Numbers: see num.h. */
#include "base/num.h"

#include <assert.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.data[i]))
			return false;
	return true;
}

/* Whether the digits before the point, and those after it, are a number as we write it. */
static bool well_formed(struct str whole, struct str decimals)
{
	if (whole.len == 0 || !all_digits(whole) || !all_digits(decimals))
		return false;
	return whole.len == 1 || whole.data[0] != '0';
}

/* Digits of `s` onto *value, which is negative or zero so that INT64_MIN fits. */
static int push_digits(struct str s, int64_t *value)
{
	for (size_t i = 0; i < s.len; i++)
		if (__builtin_mul_overflow(*value, 10, value) ||
		    __builtin_sub_overflow(*value, s.data[i] - '0', value))
			return NUM_RANGE;
	return NUM_OK;
}

/* The number `whole`.`rest` with its sign, in units of 10^-decimals. */
static int fixed_value(struct str whole, struct str rest, int decimals, bool negative, int64_t *ret)
{
	int r = push_digits(whole, ret);

	if (r == NUM_OK)
		r = push_digits(rest, ret);
	for (size_t i = rest.len; r == NUM_OK && i < (size_t)decimals; i++)
		if (__builtin_mul_overflow(*ret, 10, ret))
			r = NUM_RANGE;
	if (r == NUM_OK && !negative && __builtin_sub_overflow(0, *ret, ret))
		r = NUM_RANGE;
	return r;
}

int num_parse_fixed(struct str s, int decimals, int64_t min, int64_t max, int64_t *ret)
{
	bool negative = s.len && s.data[0] == '-';
	struct str rest = negative ? str_slice(s, 1, s.len) : s;
	struct str whole = str_cut(&rest, '.');
	bool has_point = rest.data != NULL;
	int64_t value = 0;
	int r;

	if (!well_formed(whole, rest) || (has_point && rest.len == 0) ||
	    rest.len > (size_t)decimals)
		return NUM_SYNTAX;
	r = fixed_value(whole, rest, decimals, negative, &value);
	if (r != NUM_OK)
		return r;
	if (negative && value == 0)
		return NUM_SYNTAX;
	if (value < min || value > max)
		return NUM_RANGE;
	*ret = value;
	return NUM_OK;
}

int num_parse(struct str s, int64_t min, int64_t max, int64_t *ret)
{
	return num_parse_fixed(s, 0, min, max, ret);
}

int64_t num_div_round(int64_t a, int64_t b)
{
	int64_t q, r;

	assert(b > 0);
	/* floor(a / b + 1/2) without overflow: floor first, then one more when the rest is half or over. */
	q = a / b;
	r = a % b;
	if (r < 0) {
		q--;
		r += b;
	}
	return q + (r >= b - r);
}
