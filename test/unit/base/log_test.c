/* The log: one line per event, which no value can forge. */
#include "base/log.h"

#include <string.h>
#include <unistd.h>

#include "../test.h"

enum { LINE_MAX_BYTES = 4096 };

/* What is logged at `level`, without its time and what comes before it. */
static struct str logged(struct arena *a, enum log_format format, enum log_level level,
			 const struct log_field *fields)
{
	char *line = arena_new(a, char, 2 * LINE_MAX_BYTES);
	int ends[2];
	struct logger logger = { .least = LOG_INFO, .format = format };
	ssize_t n;

	assert_int_equal(pipe(ends), 0);
	logger.fd = ends[1];
	log_event(&logger, level, "listening", fields);
	close(ends[1]);
	n = read(ends[0], line, 2 * LINE_MAX_BYTES);
	close(ends[0]);
	assert_true(n >= 0);
	return str_make(line, (size_t)n);
}

static struct str after(struct str s, const char *mark)
{
	for (size_t i = 0; i < s.len; i++)
		if (str_starts(str_slice(s, i, s.len), str_from(mark)))
			return str_slice(s, i + strlen(mark), s.len);
	fail_msg("no %s in %.*s", mark, STR_ARG(s));
	return s;
}

#define FIELDS(...) ((const struct log_field[]){ __VA_ARGS__, { .name = NULL } })

static void escapes_values(void **state)
{
	static const struct {
		struct str value;
		const char *text;
	} cases[] = {
		{ STR("plain"), "\"plain\"" },
		{ STR(""), "\"\"" },
		{ STR("été"), "\"été\"" },
		{ STR("a\nb\r\t"), "\"a\\u000ab\\u000d\\u0009\"" },
		{ STR("say \"x\\y\""), "\"say \\\"x\\\\y\\\"\"" },
		{ STR("\x7f\xC2\x85"), "\"\\u007f\\u0085\"" },
		{ STR("\xE2\x80\xA8"), "\"\\u2028\"" },
		{ STR("a\xff"
		      "b"),
		  "\"a\\ufffdb\"" },
		{ STR("\0"), "\"\\u0000\"" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct log_field *fields = FIELDS(LOG_STR("v", cases[i].value));
		struct str text = logged(*state, LOG_TEXT, LOG_INFO, fields);
		struct str json = logged(*state, LOG_JSON, LOG_INFO, fields);

		text = after(text, " v=");
		assert_str(str_slice(text, 0, text.len - 1), cases[i].text);
		json = after(json, "\"v\":");
		assert_str(str_slice(json, 0, json.len - 2), cases[i].text);
	}
}

static void writes_text_with_a_priority(void **state)
{
	struct str line = logged(*state, LOG_TEXT, LOG_WARNING, FIELDS(LOG_NUM("port", 8080)));

	assert_true(str_starts(line, S("<4>20")));
	assert_str(after(line, "Z "), "warning listening port=8080\n");
}

static void writes_json(void **state)
{
	struct str line = logged(*state, LOG_JSON, LOG_ERROR, FIELDS(LOG_NUM("port", -1)));

	assert_true(str_starts(line, S("{\"time\":\"20")));
	assert_str(after(line, "Z\","),
		   "\"level\":\"error\",\"event\":\"listening\",\"port\":-1}\n");
}

static void drops_what_is_below_its_level(void **state)
{
	assert_int_equal(logged(*state, LOG_TEXT, LOG_DEBUG, FIELDS(LOG_NUM("n", 1))).len, 0);
}

static void cuts_long_lines(void **state)
{
	char value[2 * LINE_MAX_BYTES];
	struct str line;

	memset(value, 'x', sizeof value);
	line = logged(*state, LOG_TEXT, LOG_INFO,
		      FIELDS(LOG_STR("v", str_make(value, sizeof value))));
	assert_int_equal(line.len, LINE_MAX_BYTES);
	assert_int_equal(line.data[line.len - 1], '\n');
}

TEST_MAIN(unit_test(escapes_values), unit_test(writes_text_with_a_priority), unit_test(writes_json),
	  unit_test(drops_what_is_below_its_level), unit_test(cuts_long_lines))
