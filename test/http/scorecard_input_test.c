/* What strangers may send to the scorecard, and that none of it is stored unless it is an answer. */
#include "http/visit.h"

static struct response answer(struct visit *v, const char *form)
{
	return product_post(v->product, v->sheet, "/q/lineage", form);
}

static struct response assert_refused(struct visit *v, const char *form, int status)
{
	return visit_refused(v, "/q/lineage", form, status);
}

static struct str stored_comment(struct visit *v)
{
	struct str row =
		store_rows(v->store, "SELECT comment FROM answer WHERE question = 'lineage'");

	return str_slice(row, 0, row.len - 1);
}

static bool shows(const struct response *got, const char *text)
{
	return str_contains(got->body, str_from(text));
}

/* ---- answers ---- */

static void a_forged_answer_is_refused_and_what_was_typed_kept(void **state)
{
	struct visit *v = *state;
	static const char *const values[] = { "often",   "YES",          "0", "yes+",
					      "some%0A", "%3Cscript%3E", "-1" };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const char *form =
			str_fmt(v->a, "answer=%s&comment=typed+long+and+kept", values[i]).data;
		struct response got = assert_refused(v, form, 422);

		assert_true(shows(&got, ">\ntyped long and kept</textarea>"));
		assert_true(shows(&got, "id=\"answer-err\""));
		assert_false(shows(&got, "id=\"comment-err\""));
	}
}

static void a_forged_answer_too_long_for_any_is_said_to_be_none(void **state)
{
	struct visit *v = *state;
	struct response got =
		assert_refused(v, visit_many(v, "comment=kept&answer=", "x", 41, ""), 422);

	assert_true(shows(&got, "id=\"answer-err\""));
	assert_true(shows(&got, ">\nkept</textarea>"));
	got = assert_refused(v, "comment=kept&answer=%01", 422);
	assert_true(shows(&got, "id=\"answer-err\""));
}

static void a_level_off_the_scale_is_refused(void **state)
{
	struct visit *v = *state;
	static const char *const levels[] = {
		"11", "-1", "7.5", "007", "1e1", "%207", "9999999999999999999999"
	};
	struct str rows = visit_rows(v);

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
		struct response got = product_answer(v->product, v->sheet, "bi-success", levels[i]);

		assert_status(&got, 422);
	}
	assert_true(str_eq(rows, visit_rows(v)));
}

static void leaving_a_question_blank_keeps_its_answer(void **state)
{
	struct visit *v = *state;
	struct response got = answer(v, "comment=" VISIT_COMMENT "&go=next");

	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"),
		   str_fmt(v->a, "%.*s/q/etl", STR_ARG(v->sheet)).data);
	assert_str(store_rows(v->store, "SELECT value FROM answer WHERE question = 'lineage'"),
		   "some\n");
	got = answer(v, "");
	assert_status(&got, 303);
	assert_str(store_rows(v->store,
			      "SELECT value, comment FROM answer WHERE question = 'lineage'"),
		   "some|\n");
}

/* The answer goes, whatever is chosen on the page; what is typed beside it stays. */
static void an_answer_can_be_taken_back(void **state)
{
	static const char sql[] = "SELECT value IS NULL, comment FROM answer WHERE question = "
				  "'lineage'";
	struct visit *v = *state;
	struct response got = answer(v, "answer=yes&comment=beside&go=clear&review=1");

	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"),
		   str_fmt(v->a, "%.*s/q/lineage?review=1", STR_ARG(v->sheet)).data);
	assert_str(store_rows(v->store, sql), v->store->is_postgres ? "t|beside\n" : "1|beside\n");
	got = product_get(v->product, v->sheet, "/q/lineage");
	assert_false(shows(&got, " checked"));
	assert_true(shows(&got, ">\nbeside</textarea>"));
	got = answer(v, "answer=yes&comment=beside");
	assert_status(&got, 303);
	got = answer(v, "go=clear");
	assert_status(&got, 303);
	assert_str(store_rows(v->store, sql), "");
	/* A question that rests on it is asked no more. */
	got = product_answer(v->product, v->sheet, "bi-practice", "yes");
	assert_status(&got, 303);
	got = product_get(v->product, v->sheet, "/q/bi-success");
	assert_status(&got, 200);
	got = product_post(v->product, v->sheet, "/q/bi-practice", "go=clear");
	assert_status(&got, 303);
	got = product_get(v->product, v->sheet, "/q/bi-success");
	assert_status(&got, 404);
}

static void the_pages_script_is_answered_with_nothing(void **state)
{
	struct visit *v = *state;
	const char *target = str_fmt(v->a, "%.*s/q/lineage", STR_ARG(v->sheet)).data;
	struct response got =
		site_request(v->product->site, "POST", target,
			     "Sec-Fetch-Site: same-origin\nHX-Request: true\n", S("answer=yes"));

	assert_status(&got, 204);
	assert_int_equal(got.body.len, 0);
	assert_str(store_rows(v->store, "SELECT value FROM answer WHERE question = 'lineage'"),
		   "yes\n");
}

/* ---- comments ---- */

static void a_comment_is_as_long_as_is_said(void **state)
{
	struct visit *v = *state;
	struct response got = answer(v, visit_many(v, "answer=yes&comment=", "%C3%A9", 2000, ""));
	struct str longest = stored_comment(v);

	assert_status(&got, 303);
	assert_int_equal(longest.len, 4000);
	got = answer(v, visit_many(v, "answer=yes&comment=", "%F0%9F%8C%8A", 2000, ""));
	assert_status(&got, 303);
	assert_int_equal(stored_comment(v).len, 8000);
	/* Browsers send line ends as two characters and count them as one. */
	got = answer(v, visit_many(v, "answer=yes&comment=", "%0D%0A", 2000, ""));
	assert_status(&got, 303);
}

static void a_comment_too_long_is_shown_again_with_the_answer(void **state)
{
	struct visit *v = *state;
	struct response got =
		assert_refused(v, visit_many(v, "answer=yes&comment=", "z", 2001, ""), 422);

	assert_true(shows(&got, visit_many(v, ">\n", "z", 2001, "")));
	assert_true(shows(&got, "id=\"comment-err\""));
	assert_true(shows(&got, "aria-invalid=\"true\""));
	assert_false(shows(&got, "id=\"answer-err\""));
	assert_true(shows(&got, "value=\"yes\" checked"));
	assert_false(shows(&got, "value=\"some\" checked"));
}

static void a_body_too_large_is_refused(void **state)
{
	struct visit *v = *state;

	(void)assert_refused(v, visit_many(v, "answer=yes&comment=", "x", 1 << 20, ""), 413);
	(void)assert_refused(v, visit_many(v, "answer=yes&comment=", "x", 64 * 1024, ""), 413);
	(void)assert_refused(v, visit_many(v, "answer=yes", "&a=b", 300, ""), 413);
}

static void text_that_is_not_text_is_refused(void **state)
{
	struct visit *v = *state;
	static const char *const malformed[] = {
		"comment=%FF",          "comment=%C3",   "comment=%C0%80", "comment=%ED%A0%80",
		"comment=%F4%90%80%80", "comment=a%00b", "comment=%",      "comment=%4",
		"comment=%GG",          "%FF=x",         "answer=yes%00",
	};

	for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
		(void)assert_refused(v, malformed[i], 400);
}

static void control_characters_are_refused_by_name(void **state)
{
	struct visit *v = *state;
	static const char *const controls[] = { "%01", "%07",    "%08",   "%1B%5B31m",
						"%7F", "%C2%85", "%C2%9B" };

	for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
		const char *form =
			str_fmt(v->a, "answer=yes&comment=before%safter", controls[i]).data;
		struct response got = assert_refused(v, form, 422);

		assert_true(shows(&got, "id=\"comment-err\""));
		assert_false(shows(&got, "trop long"));
		assert_true(shows(&got, "before"));
	}
}

static void layout_and_direction_are_kept(void **state)
{
	struct visit *v = *state;
	struct response got = answer(v, "answer=yes&comment=a%09b%0D%0Ac%0Dd%0Ae");

	assert_status(&got, 303);
	assert_str(stored_comment(v), "a\tb\nc\nd\ne");
	/* Writing from right to left needs these marks; each comment stands in a block of its own. */
	got = answer(v, "comment=%E2%80%AE%D7%A9%E2%81%A6%EF%BB%BF");
	assert_status(&got, 303);
	assert_str(stored_comment(v), "\u202E\u05E9\u2066\uFEFF");
}

/* ---- forms ---- */

static void a_field_twice_or_unknown_is_refused(void **state)
{
	struct visit *v = *state;
	static const char *const forms[] = {
		"answer=yes&answer=no",
		"comment=a&comment=",
		"answer=yes&org_id=2",
		"answer=yes&token=x",
		"answer=yes&question=etl",
		"answer%5B%5D=yes",
		"Answer=yes",
		"=yes",
		"answer=yes&lang=en",
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		(void)assert_refused(v, forms[i], 400);
}

static void a_direction_that_no_button_sends_is_refused(void **state)
{
	(void)assert_refused(*state, "answer=yes&go=somewhere", 400);
	(void)assert_refused(*state, "answer=yes&go=sideways", 400); /* as long as may be */
}

static void a_body_of_another_type_is_refused(void **state)
{
	struct visit *v = *state;
	static const char *const types[] = { "text/plain", "application/json", "text/xml", "",
					     "application/x-www-form-urlencoded; charset=utf-7" };
	const char *target = str_fmt(v->a, "%.*s/q/lineage", STR_ARG(v->sheet)).data;
	struct str rows = visit_rows(v);

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const char *headers =
			str_fmt(v->a, "Sec-Fetch-Site: same-origin\nContent-Type: %s\n", types[i])
				.data;
		struct response got =
			site_request(v->product->site, "POST", target, headers, S("answer=yes"));

		assert_status(&got, 415);
	}
	assert_true(str_eq(rows, visit_rows(v)));
}

static void a_form_in_parts_is_an_answer_too(void **state)
{
	struct visit *v = *state;
	const char *target = str_fmt(v->a, "%.*s/q/lineage", STR_ARG(v->sheet)).data;
	const char *headers =
		"Sec-Fetch-Site: same-origin\nContent-Type: multipart/form-data; boundary=xx\n";
	struct response got = site_request(
		v->product->site, "POST", target, headers,
		S("--xx\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\nyes\r\n"
		  "--xx\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\na\r\n"
		  "--xx--\r\n"));

	assert_status(&got, 303);
	got = site_request(
		v->product->site, "POST", target, headers,
		S("--xx\r\nContent-Disposition: form-data; name=\"comment\"; filename=\"a\"\r\n\r\na\r\n"
		  "--xx--\r\n"));
	assert_status(&got, 415);
	assert_str(stored_comment(v), "a");
}

static void a_sheet_that_others_speak_sql_to_is_whole(void **state)
{
	struct visit *v = *state;
	struct response got = answer(v, "comment=%27%29%3B+DROP+TABLE+answer%3B+--");

	assert_status(&got, 303);
	assert_str(stored_comment(v), "'); DROP TABLE answer; --");
	(void)assert_refused(v, "answer=%27+OR+%271%27%3D%271", 422);
}

TEST_MAIN(visit_test(a_forged_answer_is_refused_and_what_was_typed_kept),
	  visit_test(a_forged_answer_too_long_for_any_is_said_to_be_none),
	  visit_test(a_level_off_the_scale_is_refused),
	  visit_test(leaving_a_question_blank_keeps_its_answer),
	  visit_test(an_answer_can_be_taken_back),
	  visit_test(the_pages_script_is_answered_with_nothing),
	  visit_test(a_comment_is_as_long_as_is_said),
	  visit_test(a_comment_too_long_is_shown_again_with_the_answer),
	  visit_test(a_body_too_large_is_refused), visit_test(text_that_is_not_text_is_refused),
	  visit_test(control_characters_are_refused_by_name),
	  visit_test(layout_and_direction_are_kept),
	  visit_test(a_field_twice_or_unknown_is_refused),
	  visit_test(a_direction_that_no_button_sends_is_refused),
	  visit_test(a_body_of_another_type_is_refused),
	  visit_test(a_form_in_parts_is_an_answer_too),
	  visit_test(a_sheet_that_others_speak_sql_to_is_whole))
