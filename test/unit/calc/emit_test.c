/* Writing JSON: commas, escapes, exact decimals. */
#include "calc/emit.h"

#include "unit/test.h"

static void nests_with_commas_where_they_belong(void **state)
{
	struct emitter e = emitter_make(*state, 4096);

	emit_open(&e, '{');
	emit_member_open(&e, "a", '[');
	emit_close(&e, ']');
	emit_member_open(&e, "b", '[');
	emit_int(&e, -3);
	emit_null(&e);
	emit_open(&e, '{');
	emit_close(&e, '}');
	emit_bool(&e, true);
	emit_close(&e, ']');
	emit_member_null(&e, "c");
	emit_close(&e, '}');
	assert_str(buf_str(&e.buf), "{\"a\":[],\"b\":[-3,null,{},true],\"c\":null}");
}

static void escapes_what_json_forbids(void **state)
{
	struct emitter e = emitter_make(*state, 4096);

	emit_str(&e, S("é \"q\" \\ \n\x7f </script>"));
	assert_str(buf_str(&e.buf), "\"é \\\"q\\\" \\\\ \\u000a\\u007f </script>\"");
}

static void decimals_are_exact_and_short(void **state)
{
	static const struct {
		int64_t value;
		int decimals;
		const char *want;
	} CASES[] = {
		{ 2353, 4, "0.2353" }, { 10000, 4, "1.0" },   { 0, 4, "0.0" },
		{ 6667, 2, "66.67" },  { 7500, 2, "75.0" },   { 110, 1, "11.0" },
		{ 5, 2, "0.05" },      { 1, 6, "0.000001" },  { 50, 4, "0.005" },
		{ 10, 1, "1.0" },      { 12050, 2, "120.5" },
	};

	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct emitter e = emitter_make(*state, 4096);

		emit_fixed(&e, CASES[i].value, CASES[i].decimals);
		assert_str(buf_str(&e.buf), CASES[i].want);
	}
}

TEST_MAIN(unit_test(nests_with_commas_where_they_belong), unit_test(escapes_what_json_forbids),
	  unit_test(decimals_are_exact_and_short))
