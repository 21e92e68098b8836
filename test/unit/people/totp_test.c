#include "people/totp.h"

#include "base/buf.h"
#include "../test.h"

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static void gives_the_codes_of_the_rfc(void **state)
{
	static const struct {
		int64_t seconds;
		int code;
	} rows[] = {
		{ 59, 287082 },       { 1111111109, 81804 },  { 1111111111, 50471 },
		{ 1234567890, 5924 }, { 2000000000, 279037 }, { 20000000000, 353130 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(totp_code(S("12345678901234567890"), rows[i].seconds / 30),
				 rows[i].code);
}

static const struct str key = STR("12345678901234567890");
enum { NOW_MS = 59000 }; /* step 1, code 287082 */

static void takes_the_step_before_and_after(void **state)
{
	struct arena *a = *state;
	int64_t step;

	for (int64_t at = -2; at <= 4; at++) {
		struct str typed = str_fmt(a, "%06d", totp_code(key, at));
		bool is_near = at >= 0 && at <= 2;

		assert_int_equal(totp_check(key, typed, NOW_MS, -10, &step), is_near ? 0 : 1);
		if (is_near)
			assert_int_equal(step, at);
	}
}

static void takes_none_twice(void **state)
{
	int64_t step;

	(void)state;
	assert_int_equal(totp_check(key, S("287082"), NOW_MS, 0, &step), 0);
	assert_int_equal(totp_check(key, S("287 082"), NOW_MS, 0, &step), 0);
	assert_int_equal(totp_check(key, S("287082"), NOW_MS, step, &step), 1);
	assert_int_equal(totp_check(key, S("287082"), NOW_MS, 5, &step), 1);
}

static void refuses_what_is_no_code(void **state)
{
	static const char *const typed[] = {
		"", "28708", "2870820", "28708a", "-87082", "287082x"
	};
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
		assert_int_equal(totp_check(key, str_from(typed[i]), NOW_MS, 0, &step), 1);
}

/* RFC 4648, section 10. */
static void writes_base32(void **state)
{
	struct arena *a = *state;

	assert_str(base32(a, S("foobar"), false), "MZXW6YTBOI");
	assert_str(base32(a, S("f"), false), "MY");
	assert_str(base32(a, S(""), false), "");
	assert_str(base32(a, S("foobar"), true), "MZXW 6YTB OI");
	assert_str(totp_address(a, S("foobar"), S("a+b@example.org")),
		   "otpauth://totp/Jalon:a%2Bb%40example.org?secret=MZXW6YTBOI&issuer=Jalon");
}

static void recovery_codes_are_read_as_people_type(void **state)
{
	struct arena *a = *state;
	struct str code = recovery_make(a), other = recovery_make(a);

	assert_int_equal(code.len, 19);
	assert_false(str_eq(code, other));
	assert_true(str_eq(recovery_hash(a, S("abcd-efgh")), recovery_hash(a, S(" ABCD efgh"))));
	assert_false(str_eq(recovery_hash(a, code), recovery_hash(a, other)));
}

TEST_MAIN(unit_test(gives_the_codes_of_the_rfc), unit_test(takes_the_step_before_and_after),
	  unit_test(takes_none_twice), unit_test(refuses_what_is_no_code), unit_test(writes_base32),
	  unit_test(recovery_codes_are_read_as_people_type))
