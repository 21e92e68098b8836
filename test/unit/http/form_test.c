#include "http/form.h"

#include "../test.h"
#include "base/buf.h"

static struct str show(struct arena *a, const struct arg_pairs *pairs)
{
	struct buf b = buf_make(a, 100000);

	for (size_t i = 0; i < pairs->n; i++)
		buf_fmt(&b, "[%.*s=%.*s]", STR_ARG(pairs->items[i].name),
			STR_ARG(pairs->items[i].value));
	return buf_str(&b);
}

static void reads_urlencoded(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "a=1", "[a=1]" },
		{ "a=1&b=&c", "[a=1][b=][c=]" },
		{ "a=b=c", "[a=b=c]" },
		{ "caf%C3%A9=l%27%C3%A9t%C3%A9+ici", "[café=l'été ici]" },
		{ "a=1&a=2", "[a=1][a=2]" },
	};
	struct arg_pairs got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(form_parse(*state, str_from(cases[i][0]), FORM_FIELDS_MAX, &got),
				 0);
		assert_str(show(*state, &got), cases[i][1]);
	}
}

static void refuses_bad_urlencoded(void **state)
{
	static const char *const cases[] = {
		"&",   "=",     "+&",    "a=1&",  "&a=1",   "=1",
		"a=%", "a=%zz", "%00=1", "a=%C3", "a=\xff", "a=%ED%A0%80",
	};
	struct arg_pairs got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(form_parse(*state, str_from(cases[i]), FORM_FIELDS_MAX, &got),
				 400);
}

static void limits_urlencoded(void **state)
{
	struct buf b = buf_make(*state, 10000), name = buf_make(*state, 10000);
	struct arg_pairs got;

	for (int i = 0; i < 200; i++)
		buf_fmt(&b, "%sf%d=1", i ? "&" : "", i);
	assert_int_equal(form_parse(*state, buf_str(&b), FORM_FIELDS_MAX, &got), 0);
	assert_int_equal(got.n, 200);
	buf_puts(&b, "&g=1");
	assert_int_equal(form_parse(*state, buf_str(&b), FORM_FIELDS_MAX, &got), 413);
	for (int i = 0; i <= FIELD_NAME_MAX; i++)
		buf_putc(&name, 'n');
	assert_int_equal(form_parse(*state, buf_str(&name), FORM_FIELDS_MAX, &got), 413);
	assert_int_equal(
		form_parse(*state, str_slice(buf_str(&name), 1, 1000), FORM_FIELDS_MAX, &got), 0);
}

#define PART(name, value) \
	"--xyz\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define END "--xyz--\r\n"

static void reads_multipart(void **state)
{
	static const char *const cases[][2] = {
		{ PART("a", "1") END, "[a=1]" },
		{ PART("a", "1") PART("b", "") "--xyz--", "[a=1][b=]" },
		{ PART("a", "l1\r\nl2\r\n--xy\r\n--") END, "[a=l1\r\nl2\r\n--xy\r\n--]" },
		{ PART("é", "ü") END, "[é=ü]" },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n1\r\n" END,
		  "[a=1]" },
		{ END, "" },
	};
	struct arg_pairs got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(multipart_parse(*state, S("xyz"), str_from(cases[i][0]), &got), 0);
		assert_str(show(*state, &got), cases[i][1]);
	}
}

static void refuses_bad_multipart(void **state)
{
	static const struct {
		const char *body;
		int status;
	} cases[] = {
		{ "", 400 },
		{ "preamble\r\n" PART("a", "1") END, 400 },
		{ PART("a", "1"), 400 },
		{ PART("a", "1") END "epilogue", 400 },
		{ "--xyz\r\n\r\n1\r\n" END, 400 },
		{ "--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END, 400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n" END, 400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END, 400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n" END,
		  400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nX-Other: 1\r\n\r\n1\r\n" END,
		  400 },
		{ "--xyz\nContent-Disposition: form-data; name=\"a\"\n\n1\n--xyz--", 400 },
		{ PART("a", "\xff") END, 400 },
		{ PART("a\x01", "1") END, 400 },
		{ PART("a\\", "1") END, 400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"; size=1\r\n\r\n1\r\n" END,
		  400 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: image/png\r\n\r\n1\r\n" END,
		  415 },
		{ "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n1\r\n" END,
		  415 },
	};
	struct arg_pairs got;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(multipart_parse(*state, S("xyz"), str_from(cases[i].body), &got),
				 cases[i].status);
	assert_int_equal(multipart_parse(*state, S(""), S("--\r\n"), &got), 400);
}

/* A file is told from text by its name, which nobody reads; its bytes are whatever they are. */
static void reads_files(void **state)
{
	struct arg_pairs got;

	assert_int_equal(
		multipart_parse(
			*state, S("xyz"),
			S("--xyz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../x\"\r\n"
			  "Content-Type: image/png\r\n\r\n\xff\0\r\n" PART("b", "1") END),
			&got),
		0);
	assert_int_equal(got.n, 2);
	assert_true(got.items[0].is_file);
	assert_true(str_eq(got.items[0].value, S("\xff\0")));
	assert_false(got.items[1].is_file);
}

static void limits_multipart(void **state)
{
	struct buf b = buf_make(*state, 100000);
	struct arg_pairs got;

	for (int i = 0; i < FORM_FIELDS_MAX; i++)
		buf_puts(&b, PART("a", "1"));
	assert_int_equal(multipart_parse(*state, S("xyz"), str_fmt(*state, "%s" END, b.data), &got),
			 0);
	assert_int_equal(got.n, FORM_FIELDS_MAX);
	assert_int_equal(multipart_parse(*state, S("xyz"),
					 str_fmt(*state, "%s" PART("b", "") END, b.data), &got),
			 413);
}

TEST_MAIN(unit_test(reads_urlencoded), unit_test(refuses_bad_urlencoded),
	  unit_test(limits_urlencoded), unit_test(reads_multipart),
	  unit_test(refuses_bad_multipart), unit_test(reads_files), unit_test(limits_multipart))
