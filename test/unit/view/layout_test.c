#include "view/layout.h"

#include "page.h"
#include "request.h"

static void surrounds_a_page(void **state)
{
	struct req rq = request_make(*state, LANG_FR);
	struct layout l = {
		.title = STR("A < B"),
		.body = { STR("<p>body</p>") },
		.steps = { STR("<nav class=\"pathnav\"></nav>") },
	};
	struct str page = layout_render(&rq, &l);

	assert_true(str_starts(
		page, S("<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">")));
	assert_has(page, "<meta name=\"robots\" content=\"noindex\">");
	assert_has(page, "<title>A &lt; B · Jalon</title>");
	assert_has(page, "href=\"/data/assets/jalon.css\"");
	assert_has(page, "<a class=\"skip\" href=\"#main\">Aller au contenu</a>");
	assert_has(page, "<a class=\"brand\" href=\"/data/\"");
	assert_has(
		page,
		"</header>\n<nav class=\"pathnav\"></nav>\n<main id=\"main\">\n<p>body</p>\n</main>");
	assert_has(page, "<a href=\"/data/privacy\">Données personnelles</a>");
	assert_has(page, "<body>");
	l.is_narrow = true;
	assert_has(layout_render(&rq, &l), "<main id=\"main\" class=\"narrow\">");
}

/* htmx waits for its extension, and only pages that are told of something load it. */
static void loads_what_events_need(void **state)
{
	struct req rq = request_make(*state, LANG_FR);
	struct layout l = { .title = STR("t") };
	struct str page = layout_render(&rq, &l);

	assert_false(str_contains(page, S("hx-sse")));
	assert_has(page, "htmx.js\" defer></script>");
	l.has_events = true;
	page = layout_render(&rq, &l);
	assert_has(page, "5xx&#34;],&#34;sse&#34;:{&#34;reconnectDelay&#34;:50,");
	assert_has(page, "<script src=\"/data/assets/htmx.js\"></script>\n"
			 "<script src=\"/data/assets/hx-sse.js\"></script>\n</body>");
	assert_false(str_contains(page, S("htmx.js\" defer")));
}

static void offers_the_other_language_of_this_page(void **state)
{
	struct req rq = request_make(*state, LANG_FR);
	struct layout l = { .title = STR("t") };

	assert_has(layout_render(&rq, &l),
		   "href=\"/data/c/a%20b/%C3%A9?lang=en\" lang=\"en\" hreflang=\"en\">");
	rq.language = LANG_EN;
	rq.query = S("lang=en&a=1%20\"&lang&&b=2&language=x");
	assert_has(
		layout_render(&rq, &l),
		"href=\"/data/c/a%20b/%C3%A9?a=1%20%22&amp;b=2&amp;language=x&amp;lang=fr\" lang=\"fr\"");
	rq.path = S("/");
	rq.query = S("");
	assert_has(layout_render(&rq, &l), "href=\"/data/?lang=fr\"");
}

static void frames_question_pages(void **state)
{
	struct req rq = request_make(*state, LANG_EN);
	const struct layout l = {
		.title = STR("t"),
		.body = { STR("<main id=\"main\"></main>") },
		.is_question = true,
	};
	struct str page = layout_render(&rq, &l);

	assert_has(page, "<body class=\"resp\">\n<a class=\"skip\"");
	/* The way home and the other language stand on every page; the body brings its own main. */
	assert_has(page, "</header>\n<main id=\"main\"></main>\n<footer class=\"foot\">");
	assert_has(page, "hreflang=\"fr\"");
}

static void explains_each_error(void **state)
{
	static const struct {
		int status;
		const char *fr, *en;
	} cases[] = {
		{ 400, "pas pu être lue", "could not read" },
		{ 403, "refusée", "refused" },
		{ 404, "introuvable", "cannot be found" },
		{ 405, "ne s’utilise pas ainsi", "does not work that way" },
		{ 410, "Ce lien est fermé", "This link is closed" },
		{ 413, "trop volumineux", "too much at once" },
		{ 421, "pas à cette adresse", "not at this address" },
		{ 422, "à corriger", "need a correction" },
		{ 429, "Trop de demandes", "Too many requests" },
		{ 500, "de notre côté", "on our side" },
		{ 503, "Jalon est occupé", "Jalon is busy" },
		{ 415, "pas pu être lue", "could not read" },
		{ 507, "de notre côté", "on our side" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct req rq = request_make(*state, LANG_FR);
		struct str page = view_error_page(&rq, cases[i].status, S(""));

		assert_has(page, cases[i].fr);
		assert_has(page, str_c(*state, str_fmt(*state, "Erreur %d", cases[i].status)));
		assert_lacks(page, "incident");
		rq.language = LANG_EN;
		assert_has(view_error_page(&rq, cases[i].status, S("")), cases[i].en);
	}
}

static void shows_the_incident(void **state)
{
	struct req rq = request_make(*state, LANG_FR);

	assert_has(view_error_page(&rq, 500, S("i<1")), "administre ce site\u00a0: i&lt;1</p>");
}

TEST_MAIN(unit_test(surrounds_a_page), unit_test(loads_what_events_need),
	  unit_test(offers_the_other_language_of_this_page), unit_test(frames_question_pages),
	  unit_test(explains_each_error), unit_test(shows_the_incident))
