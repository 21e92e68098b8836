/* Every question on one page: what is stored at once, what is refused and shown again. */
#include "http/visit.h"

#include "base/buf.h"

/* Every question answered; bi-success counts, since there is a practice. */
#define FIFTEEN                                                                   \
	"lineage=yes&etl=scripts&bi-practice=tools&warehouse=yes&bi-success=9&"   \
	"ai-seniority=none&governance=yes&poc=one&bought-ai=no&ai-projects=none&" \
	"analyst=no&data-driven=yes&executive-support=yes&it-support=yes&departments=one"

static struct response save(struct visit *v, const char *form)
{
	return product_post(v->product, v->sheet, "/all", form);
}

static bool shows(const struct response *got, const char *text)
{
	return str_contains(got->body, str_from(text));
}

static struct response assert_refused(struct visit *v, const char *form, int status)
{
	return visit_refused(v, "/all", form, status);
}

static void assert_saved(struct visit *v, const char *form)
{
	struct response got = save(v, form);

	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"),
		   str_fmt(v->a, "%.*s/review", STR_ARG(v->sheet)).data);
}

/* What is stored for `question`: "value|comment\n". */
static struct str stored(struct visit *v, const char *question)
{
	return store_rows(
		v->store,
		str_fmt(v->a, "SELECT value, comment FROM answer WHERE question = '%s'", question)
			.data);
}

/* ---- the page ---- */

static void what_is_stored_is_chosen(void **state)
{
	struct visit *v = *state;
	struct response got = product_get(v->product, v->sheet, "/all");

	assert_status(&got, 200);
	assert_true(shows(&got, "name=\"lineage\" value=\"some\" checked"));
	assert_true(shows(&got, "name=\"bi-success\" value=\"7\" checked"));
	assert_true(shows(&got, "name=\"etl\" value=\"unknown\" checked"));
	assert_false(shows(&got, "name=\"poc\" value=\"one\" checked"));
	assert_true(shows(&got, ">\n" VISIT_COMMENT "</textarea>"));
}

static void the_condition_is_said_with_the_question(void **state)
{
	struct visit *v = *state;
	struct response got = product_get(v->product, v->sheet, "/all?lang=en");
	struct str text = visit_unescape(v->a, got.body);

	assert_true(str_contains(
		text, S("Counts only if the answer to question 3 is “Tools, but nobody dedicated”"
			" or “Tools and dedicated people”.")));
	assert_true(shows(&got, "id=\"q-bi-success\" aria-describedby=\"w-bi-success\""));
}

static void a_sheet_may_begin_there(void **state)
{
	struct visit *v = *state;
	struct response got = product_post(v->product, S(""), "/scorecard", "all=1");

	assert_status(&got, 303);
	assert_true(str_ends(answer_header(&got, "Location"), S("/all")));
}

/* ---- saving ---- */

static void fifteen_answers_are_saved_at_once(void **state)
{
	struct visit *v = *state;

	assert_saved(v, FIFTEEN "&poc.comment=%C3%A9t%C3%A9");
	assert_str(store_rows(v->store, "SELECT count(*) FROM answer"), "15\n");
	assert_str(stored(v, "lineage"), "yes|" VISIT_COMMENT "\n");
	assert_str(stored(v, "bi-success"), "9|\n");
	assert_str(stored(v, "poc"), "one|été\n");
}

static void what_is_blank_or_absent_stays(void **state)
{
	struct visit *v = *state;
	struct str rows = visit_rows(v);

	assert_saved(v, "");
	assert_saved(v, "lineage=&etl=&poc=");
	assert_true(str_eq(rows, visit_rows(v)));
}

static void what_did_not_change_is_not_written_again(void **state)
{
	struct visit *v = *state;

	assert_saved(v, FIFTEEN);
	(void)store_rows(v->store, "UPDATE answer SET updated_ms = 1");
	(void)store_rows(v->store, "UPDATE sheet SET updated_ms = 1");
	assert_saved(v, FIFTEEN);
	assert_str(store_rows(v->store, "SELECT max(updated_ms) FROM answer"), "1\n");
	assert_str(store_rows(v->store, "SELECT updated_ms FROM sheet"), "1\n");
	assert_saved(v, FIFTEEN "&poc.comment=changed");
	assert_str(store_rows(v->store, "SELECT question FROM answer WHERE updated_ms > 1"),
		   "poc\n");
	assert_str(store_rows(v->store, "SELECT count(*) FROM sheet WHERE updated_ms > 1"), "1\n");
}

static void an_emptied_comment_is_taken_back(void **state)
{
	struct visit *v = *state;

	assert_saved(v, "lineage.comment=&poc.comment=alone");
	assert_str(stored(v, "lineage"), "some|\n");
	assert_str(stored(v, "poc"), "|alone\n");
	assert_saved(v, "poc.comment=");
	assert_str(stored(v, "poc"), "");
}

/* It is kept for the day the condition holds, and counts for nothing until then. */
static void an_answer_whose_condition_does_not_hold_is_no_error(void **state)
{
	struct visit *v = *state;
	struct response got;

	assert_saved(v, "bi-practice=no&bi-success=10");
	got = product_get(v->product, v->sheet, "/review");
	assert_false(shows(&got, "/q/bi-success"));
	got = product_get(v->product, v->sheet, "/result");
	assert_true(shows(&got, "data-score=\"1\"")); /* lineage alone */
	assert_saved(v, "bi-practice=yes");
	got = product_get(v->product, v->sheet, "/result");
	assert_true(shows(&got, "data-score=\"7\"")); /* 1, 2 for the practice, 4 for its success */
}

/* ---- what is refused ---- */

static void a_forged_answer_is_refused_and_everything_kept(void **state)
{
	struct visit *v = *state;
	struct response got = assert_refused(
		v, "lineage=yes&etl=often&poc=one&poc.comment=typed&bi-success=11", 422);

	assert_true(str_contains(visit_unescape(v->a, got.body), S("4 réponses enregistrées")));
	assert_true(shows(&got, "href=\"#a-etl\""));
	assert_true(shows(&got, "id=\"e-etl\""));
	assert_true(shows(&got, "href=\"#a-bi-success\""));
	assert_false(shows(&got, "href=\"#a-lineage\""));
	assert_true(shows(&got, "name=\"lineage\" value=\"yes\" checked"));
	assert_true(shows(&got, "name=\"poc\" value=\"one\" checked"));
	assert_true(shows(&got, ">\ntyped</textarea>"));
	assert_true(shows(&got, ">\n" VISIT_COMMENT "</textarea>"));
}

static void a_comment_too_long_or_not_text_is_shown_again(void **state)
{
	struct visit *v = *state;
	struct response got = assert_refused(
		v, visit_many(v, "lineage=yes&lineage.comment=", "z", 2001, "&poc=one&etl=%01"),
		422);

	assert_true(shows(&got, "href=\"#c-lineage\""));
	assert_true(shows(&got, "href=\"#a-etl\""));
	assert_true(shows(&got, visit_many(v, ">\n", "z", 2001, "</textarea>")));
	assert_true(shows(&got, "name=\"poc\" value=\"one\" checked"));
	got = assert_refused(v, "poc.comment=before%1Bafter", 422);
	assert_true(shows(&got, "id=\"f-poc\""));
	assert_true(shows(&got, "before"));
}

static void fields_of_no_question_or_sent_twice_are_refused(void **state)
{
	struct visit *v = *state;
	static const char *const forms[] = {
		"lineage=yes&unknown-question=yes",
		"lineage=yes&lineage=no",
		"poc.comment=a&poc.comment=",
		"lineage=yes&org_id=2",
		"lineage=yes&token=x",
		"nothing.comment=a",
		".comment=a",
		"lineage.comment.comment=a",
		"Lineage=yes",
		"lineage%5B%5D=yes",
		"lineage=yes&lang=en",
		"lineage=%FF",
		"lineage=a%00b",
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		(void)assert_refused(v, forms[i], 400);
	/* Also when something else would be shown again. */
	(void)assert_refused(v, visit_many(v, "other=", "z", 2001, ""), 400);
	(void)assert_refused(v, "lineage=often&other=1", 400);
}

static void the_longest_comments_everywhere_are_saved(void **state)
{
	struct visit *v = *state;
	static const char *const questions[] = {
		"lineage",           "etl",          "bi-practice", "warehouse",
		"bi-success",        "ai-seniority", "governance",  "poc",
		"bought-ai",         "ai-projects",  "analyst",     "data-driven",
		"executive-support", "it-support",   "departments",
	};
	struct buf b = buf_make(v->a, 4 << 20);

	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		buf_puts(&b,
			 visit_many(v,
				    str_fmt(v->a, "%s%s.comment=", i ? "&" : "", questions[i]).data,
				    "%F0%9F%8C%8A", 2000, ""));
	assert_saved(v, b.data);
	assert_int_equal(stored(v, "departments").len, 8000 + 2);
}

static void a_body_too_large_is_refused(void **state)
{
	struct visit *v = *state;

	(void)assert_refused(v, visit_many(v, "lineage=yes&lineage.comment=", "x", 1 << 20, ""),
			     413);
	(void)assert_refused(v, visit_many(v, "lineage=yes", "&a=b", 300, ""), 413);
}

/* The page that grows most: a body of the greatest size, each character of which needs five. */
static void the_largest_form_is_shown_again_whole(void **state)
{
	struct visit *v = *state;
	struct response got =
		assert_refused(v, visit_many(v, "poc.comment=", "\"", 512 * 1024 - 12, ""), 422);

	assert_true(shows(&got, "id=\"f-poc\""));
	assert_true(got.body.len > (size_t)5 * (512 * 1024 - 12));
}

static void a_form_in_parts_is_saved_too(void **state)
{
	struct visit *v = *state;
	const char *target = str_fmt(v->a, "%.*s/all", STR_ARG(v->sheet)).data;
	struct response got = site_request(
		v->product->site, "POST", target,
		"Sec-Fetch-Site: same-origin\nContent-Type: multipart/form-data; boundary=xx\n",
		S("--xx\r\nContent-Disposition: form-data; name=\"poc\"\r\n\r\none\r\n"
		  "--xx\r\nContent-Disposition: form-data; name=\"poc.comment\"\r\n\r\na\r\n"
		  "--xx--\r\n"));

	assert_status(&got, 303);
	assert_str(stored(v, "poc"), "one|a\n");
}

static void a_link_that_opens_nothing_saves_nothing(void **state)
{
	struct visit *v = *state;
	struct response got =
		product_post(v->product, S("/c/AAAAAAAAAAAAAAAAAAAAAA"), "/all", FIFTEEN);

	assert_status(&got, 404);
}

TEST_MAIN(visit_test(what_is_stored_is_chosen), visit_test(the_condition_is_said_with_the_question),
	  visit_test(a_sheet_may_begin_there), visit_test(fifteen_answers_are_saved_at_once),
	  visit_test(what_is_blank_or_absent_stays),
	  visit_test(what_did_not_change_is_not_written_again),
	  visit_test(an_emptied_comment_is_taken_back),
	  visit_test(an_answer_whose_condition_does_not_hold_is_no_error),
	  visit_test(a_forged_answer_is_refused_and_everything_kept),
	  visit_test(a_comment_too_long_or_not_text_is_shown_again),
	  visit_test(fields_of_no_question_or_sent_twice_are_refused),
	  visit_test(the_longest_comments_everywhere_are_saved),
	  visit_test(a_body_too_large_is_refused),
	  visit_test(the_largest_form_is_shown_again_whole),
	  visit_test(a_form_in_parts_is_saved_too),
	  visit_test(a_link_that_opens_nothing_saves_nothing))
