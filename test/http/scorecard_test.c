/* The scorecard's pages and links: who may see what, and what each request leaves behind. */
#include "http/unzip.h"
#include "http/visit.h"

#include "base/utf8.h"

#include "base/token.h"

static void assert_holds(const struct response *got, struct str text)
{
	if (!str_contains(got->body, text))
		fail_msg("the page does not hold \"%.*s\"", STR_ARG(text));
}

/* ---- pages ---- */

/* Files begin as their type says. */
static bool is_file(const struct response *got)
{
	struct str type = answer_header(got, "Content-Type");

	if (str_is(type, "application/pdf"))
		return str_starts(got->body, S("%PDF-"));
	if (str_starts(type, S("text/csv")))
		return got->body.len > 0;
	if (str_starts(type, S("text/plain")))
		return utf8_valid(got->body) && got->body.len > 100;
	return (str_ends(type, S("wordprocessingml.document")) ||
		str_ends(type, S("spreadsheetml.sheet")) || str_is(type, "application/zip")) &&
	       str_starts(got->body, S("PK\x03\x04"));
}

/* The query says which question the page is about. */
static bool is_of_question(const struct route *route)
{
	struct str path = str_from(route->path);

	return str_ends(path, S("/results/comments")) || str_ends(path, S("/results/agree"));
}

static void page_in_both_languages(struct visit *v, const struct route *route)
{
	static const char *const languages[] = { "fr", "en" };

	/* A logo and events have no words; nor has a calendar, or what members are given to keep. */
	if (route->method != METHOD_GET || route->is_api || route->class == ROUTE_EVENTS ||
	    str_ends(str_from(route->path), S("/logo")) ||
	    str_is(str_from(route->permission->name), "calendar-link"))
		return;
	for (size_t i = 0; i < 2; i++) {
		const char *target =
			str_fmt(v->a, "%s?%slang=%s", visit_path(v, route),
				is_of_question(route) ? "question=lineage&" : "", languages[i])
				.data;
		struct response got = site_request(v->product->site, "GET", target,
						   visit_headers(v, route), S(""));

		/* The resume link leads to the first blank question. */
		for (int hops = 0; got.status == 303 && hops < 3; hops++)
			got = site_request(v->product->site, "GET",
					   str_fmt(v->a, "%.*s?lang=%s",
						   STR_ARG(answer_header(&got, "Location")),
						   languages[i])
						   .data,
					   visit_headers(v, route), S(""));
		if (got.status != 200)
			print_error("# GET %s\n", target);
		assert_status(&got, 200);
		if (str_starts(answer_header(&got, "Content-Type"), S("text/html")))
			assert_holds(&got, str_fmt(v->a, "<html lang=\"%s\">", languages[i]));
		else
			assert_true(is_file(&got));
	}
}

static void every_page_speaks_both_languages(void **state)
{
	visit_each_route(*state, page_in_both_languages);
}

static void the_language_is_asked_for_then_kept_then_guessed(void **state)
{
	struct visit *v = *state;
	struct site *site = v->product->site;
	const struct str none = { "", 0 };
	struct response got = site_request(site, "GET", "/scorecard?lang=en",
					   "Cookie: lang=fr\nAccept-Language: fr\n", none);

	assert_holds(&got, S("<html lang=\"en\">"));
	assert_true(str_starts(answer_header(&got, "Set-Cookie"),
			       S("lang=en; Path=/; HttpOnly; SameSite=Lax")));
	got = site_request(site, "GET", "/scorecard", "Cookie: lang=en\nAccept-Language: fr\n",
			   none);
	assert_holds(&got, S("<html lang=\"en\">"));
	got = site_request(site, "GET", "/scorecard", "Accept-Language: de, en;q=0.5, fr;q=0.2\n",
			   none);
	assert_holds(&got, S("<html lang=\"en\">"));
	got = site_request(site, "GET", "/scorecard?lang=tlh",
			   "Cookie: lang=tlh\nAccept-Language: tlh\n", none);
	assert_holds(&got, S("<html lang=\"fr\">"));
}

/* ---- links ---- */

/* A link's path with its last character replaced. */
static struct str with_end(struct visit *v, struct str link, char end)
{
	return str_fmt(v->a, "%.*s%c", (int)link.len - 1, link.data, end);
}

static void a_link_that_opens_nothing_is_not_found(void **state)
{
	struct visit *v = *state;
	static const char *const links[] = {
		"/c/AAAAAAAAAAAAAAAAAAAAAA",            /* well-formed, never given */
		"/c/AAAAAAAAAAAAAAAAAAAAAB",            /* not the canonical form of 16 bytes */
		"/c/AAAAAAAAAAAAAAAAAAAAA",             /* too short */
		"/c/AAAAAAAAAAAAAAAAAAAAAAA",           /* too long */
		"/c/AAAAAAAAAAAAAAAAAAAA==",            /* padded */
		"/c/AAAAAAAAAA+/AAAAAAAAAA",            /* the other base 64 */
		"/c/%41AAAAAAAAAAAAAAAAAAAAA",          /* encoded, well-formed */
		"/c/%20%20%20%20%20%20%20%20%20%20%20", /* spaces */
		"/c/'%20OR%201=1--",
		"/s/AAAAAAAAAAAAAAAAAAAAAA",
		"/s/nothing",
	};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		struct response got = site_get(v->product->site, links[i]);

		assert_status(&got, 404);
		got = site_post(v->product->site, str_fmt(v->a, "%s/erase", links[i]).data, "");
		assert_status(&got, 404);
	}
	/* The last character carries 4 bits that count and 2 that must be zero. */
	for (const char *c = "AQgw"; *c; c++) {
		struct str link = with_end(v, v->sheet, *c);
		struct response got = product_get(v->product, link, "/review");

		assert_status(&got, str_eq(link, v->sheet) ? 200 : 404);
	}
}

static void a_shared_link_shows_the_result_only(void **state)
{
	struct visit *v = *state;
	struct str token = str_slice(v->share, 3, v->share.len);
	struct str own = str_fmt(v->a, "/c/%.*s", STR_ARG(token));
	static const char *const pages[] = { "",         "/q/lineage",  "/review",
					     "/result",  "/result.pdf", "/result.docx",
					     "/what-if", "/erase" };
	static const char *const posts[] = { "/q/lineage", "/finish", "/share", "/share/close",
					     "/erase" };
	struct str rows = visit_rows(v);
	struct response got;

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		got = product_get(v->product, own, pages[i]);
		assert_status(&got, 404);
	}
	for (size_t i = 0; i < sizeof posts / sizeof *posts; i++) {
		got = product_post(v->product, own, posts[i], "");
		assert_status(&got, 404);
		got = product_post(v->product, v->share, posts[i], "");
		assert_status(&got, 404);
	}
	got = product_post(v->product, v->share, "", "");
	assert_status(&got, 405);
	assert_str(answer_header(&got, "Allow"), "GET, HEAD");
	assert_true(str_eq(rows, visit_rows(v)));
}

static void a_shared_page_does_not_give_the_sheet_away(void **state)
{
	struct visit *v = *state;
	static const char *const pages[] = { "", "/what-if", "/what-if?etl=yes" };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct response got = product_get(v->product, v->share, pages[i]);

		assert_status(&got, 200);
		assert_false(str_contains(got.body, str_slice(v->sheet, 3, v->sheet.len)));
		assert_false(str_contains(got.body, S("/c/")));
		assert_false(str_contains(got.body, S("method=\"post\"")));
	}
}

static void a_respondents_link_is_no_shared_link(void **state)
{
	struct visit *v = *state;
	struct str shared = str_fmt(v->a, "/s/%.*s", (int)v->sheet.len - 3, v->sheet.data + 3);
	static const char *const pages[] = { "", "/result.pdf", "/result.docx", "/what-if" };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct response got = product_get(v->product, shared, pages[i]);

		assert_status(&got, 404);
	}
}

static void a_closed_share_is_gone(void **state)
{
	struct visit *v = *state;
	static const char *const pages[] = { "", "/result.pdf", "/result.docx", "/what-if" };
	struct str again;
	struct response got;

	again = product_share(v->product, v->sheet);
	assert_true(str_eq(again, v->share));
	got = product_post(v->product, v->sheet, "/share/close", "");
	assert_status(&got, 303);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		got = product_get(v->product, v->share, pages[i]);
		assert_status(&got, 410);
		assert_false(str_contains(got.body, S(VISIT_COMMENT)));
	}
	again = product_share(v->product, v->sheet);
	assert_int_equal(again.len, v->share.len);
	assert_false(str_eq(again, v->share));
	got = product_get(v->product, again, "");
	assert_status(&got, 200);
	got = product_get(v->product, v->share, "");
	assert_status(&got, 410);
}

static void one_sheet_does_not_touch_another(void **state)
{
	struct visit *v = *state;
	struct str other = product_begin(v->product);
	int64_t n;
	struct response got = product_answer(v->product, other, "lineage", "yes&comment=theirs");

	assert_status(&got, 303);
	got = product_get(v->product, v->sheet, "/review");
	assert_holds(&got, S(VISIT_COMMENT));
	assert_false(str_contains(got.body, S("theirs")));
	n = store_sql(v->store, "SELECT count(*) FROM answer");
	got = product_post(v->product, other, "/erase", "");
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM answer"), n - 1);
	got = product_get(v->product, v->share, "");
	assert_status(&got, 200);
}

static void an_erased_sheet_is_not_found(void **state)
{
	struct visit *v = *state;
	struct response got = product_post(v->product, v->sheet, "/erase", "");

	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"), "/scorecard?erased=1");
	assert_int_equal(
		store_sql(v->store,
			  "SELECT (SELECT count(*) FROM sheet) + (SELECT count(*) FROM answer)"
			  " + (SELECT count(*) FROM share)"),
		0);
	got = product_get(v->product, v->share, "");
	assert_status(&got, 404);
	got = product_get(v->product, v->sheet, "/result");
	assert_status(&got, 404);
	got = product_answer(v->product, v->sheet, "lineage", "yes");
	assert_status(&got, 404);
	got = product_post(v->product, v->sheet, "/erase", "");
	assert_status(&got, 404);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM answer"), 0);
}

/* ---- questions ---- */

static void an_unknown_question_is_not_found(void **state)
{
	struct visit *v = *state;
	static const char *const names[] = { "/q/nothing",     "/q/LINEAGE", "/q/lineage%20",
					     "/q/lineage/",    "/q/",        "/q/lineage%00",
					     "/q/%F0%9F%92%A9" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct response got = product_get(v->product, v->sheet, names[i]);

		assert_in_range(got.status, 400, 404);
		got = product_post(v->product, v->sheet, names[i], "answer=yes");
		assert_in_range(got.status, 400, 404);
	}
}

static void a_question_that_is_not_asked_is_not_found(void **state)
{
	struct visit *v = *state;
	struct response got = product_get(v->product, v->sheet, "/q/bi-success");
	struct str rows;

	assert_status(&got, 200);
	got = product_answer(v->product, v->sheet, "bi-practice", "no");
	assert_status(&got, 303);
	rows = visit_rows(v);
	got = product_get(v->product, v->sheet, "/q/bi-success");
	assert_status(&got, 404);
	got = product_answer(v->product, v->sheet, "bi-success", "10");
	assert_status(&got, 404);
	assert_true(str_eq(rows, visit_rows(v)));
}

/* ---- what leaves nothing behind ---- */

static void trying_other_answers_stores_nothing(void **state)
{
	struct visit *v = *state;
	struct str rows = visit_rows(v);
	struct response got = product_get(v->product, v->sheet,
					  "/what-if?lineage=yes&etl=&bi-practice=no&lang=en");

	assert_status(&got, 200);
	got = product_get(v->product, v->share,
			  "/what-if?lineage=yes&bi-success=unknown&departments=several");
	assert_status(&got, 200);
	assert_true(str_eq(rows, visit_rows(v)));
}

static void trying_what_cannot_be_answered_is_refused(void **state)
{
	struct visit *v = *state;
	static const char *const queries[] = {
		"?nothing=yes",
		"?lineage=often",
		"?bi-success=11",
		"?bi-success=-1",
		"?bi-success=7.0",
		"?bi-success=%2B7",
		"?lineage=yes&lineage=no",
		"?lineage=%00",
		"?lineage=%FF",
		"?=yes",
		"?answer%5B%5D=yes",
	};

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct response got = product_get(v->product, v->sheet,
						  str_fmt(v->a, "/what-if%s", queries[i]).data);

		assert_status(&got, 400);
		got = product_get(v->product, v->share,
				  str_fmt(v->a, "/what-if%s", queries[i]).data);
		assert_status(&got, 400);
	}
}

static void get_and_head(struct visit *v, const struct route *route)
{
	const struct str none = { "", 0 };

	if (route->method != METHOD_GET)
		return;
	const char *headers = visit_headers(v, route);

	(void)site_request(v->product->site, "GET", visit_path(v, route), headers, none);
	(void)site_request(v->product->site, "GET",
			   str_fmt(v->a, "%s?lang=en", visit_path(v, route)).data, headers, none);
	(void)site_request(v->product->site, "HEAD", visit_path(v, route), headers, none);
}

static void reading_never_writes(void **state)
{
	struct visit *v = *state;
	struct str rows;

	visit_fill(v);
	rows = visit_rows(v);
	visit_each_route(v, get_and_head);
	assert_true(str_eq(rows, visit_rows(v)));
}

/* Neither what an answer is worth, nor anything of anybody. */
static void the_blank_questionnaire_has_no_points(void **state)
{
	struct visit *v = *state;
	struct response got = site_get(v->product->site, "/scorecard/questionnaire.docx?lang=en");
	struct str text;

	assert_status(&got, 200);
	text = unzip_file(v->a, got.body, "word/document.xml");
	assert_true(str_contains(text, S("Whom to involve")));
	assert_true(str_contains(text, S("The IT team")));
	assert_true(str_contains(text, S("15. ")));
	assert_true(str_contains(text, S("<w:numId w:val=\"2\"/>"))); /* boxes to tick */
	assert_true(str_contains(text, S("Circle a number, from 0 (Not successful at all)")));
	assert_true(str_contains(text, S("Counts only if ")));
	/* Boxes stay on the page of what is asked. */
	assert_true(str_contains(text, S("<w:pStyle w:val=\"ListBullet\"/><w:keepNext/>")));
	assert_false(str_contains(text, S(" points")));
	assert_true(str_contains(unzip_file(v->a, got.body, "word/numbering.xml"), S("☐")));
	got = site_get(v->product->site, "/scorecard/questionnaire.pdf?lang=fr");
	assert_status(&got, 200);
	assert_true(str_starts(got.body, S("%PDF-")));
}

TEST_MAIN(visit_test(every_page_speaks_both_languages),
	  visit_test(the_blank_questionnaire_has_no_points),
	  visit_test(the_language_is_asked_for_then_kept_then_guessed),
	  visit_test(a_link_that_opens_nothing_is_not_found),
	  visit_test(a_shared_link_shows_the_result_only),
	  visit_test(a_shared_page_does_not_give_the_sheet_away),
	  visit_test(a_respondents_link_is_no_shared_link), visit_test(a_closed_share_is_gone),
	  visit_test(one_sheet_does_not_touch_another), visit_test(an_erased_sheet_is_not_found),
	  visit_test(an_unknown_question_is_not_found),
	  visit_test(a_question_that_is_not_asked_is_not_found),
	  visit_test(trying_other_answers_stores_nothing),
	  visit_test(trying_what_cannot_be_answered_is_refused), visit_test(reading_never_writes))
