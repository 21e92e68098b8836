/*
 * The page on personal data lists every cookie that the program sets, with its lifetime: every page is visited, and
 * the forms are sent by which somebody begins. tools/lint.py compares the list with the names in the sources.
 */
#include "http/visit.h"

#include "base/buf.h"
#include "phases/routes.h"

#define PASSWORD "bleu-de-Prusse-1704"

/* How the page says what a cookie's Max-Age is; 0 has none. */
static const struct lifetime {
	const char *max_age, *words;
} lifetimes[] = {
	{ "", "until the browser closes" },
	{ "31536000", "1 year" },
	{ "604800", "7 days at most" },
	{ "15552000", "180 days" },
	{ "86400", "24 hours" },
};

static const char *const names[] = { "lang", "csrf", "session", "sheet", "room" };
enum { NAMES = sizeof names / sizeof *names };

/* What goes along through visit_each_route(). */
static struct {
	struct str page; /* "/privacy", in English */
	bool is_seen[NAMES];
} look;

/* The row of the page that is about a cookie. */
static struct str row_of(struct arena *a, struct str name)
{
	const char *head = str_fmt(a, "<code translate=\"no\">%.*s</code>", STR_ARG(name)).data;
	const char *at = memmem(look.page.data, look.page.len, head, strlen(head));
	struct str rest;

	if (!at)
		print_error("# no row for the cookie %.*s\n", STR_ARG(name));
	assert_non_null(at);
	rest = str_slice(look.page, (size_t)(at - look.page.data), look.page.len);
	return str_cut(&rest, '\n');
}

static void check_cookie(struct arena *a, struct str cookie)
{
	struct str name = str_cut(&cookie, '='), age = between(cookie, "Max-Age=", ';');
	struct str row = row_of(a, name);
	bool is_told = str_is(age, "0"); /* removed */

	for (size_t i = 0; i < sizeof lifetimes / sizeof *lifetimes; i++)
		is_told |= str_is(age, lifetimes[i].max_age) &&
			   str_contains(row, str_from(lifetimes[i].words));
	if (!is_told)
		print_error("# %.*s lasts %.*s s, the page says: %.*s\n", STR_ARG(name),
			    STR_ARG(age), STR_ARG(row));
	assert_true(is_told);
	for (size_t i = 0; i < NAMES; i++)
		look.is_seen[i] |= str_is(name, names[i]);
}

static void check(struct visit *v, const struct response *got)
{
	for (size_t i = 0; i < got->headers.n; i++)
		if (str_eq_nocase(got->headers.items[i].name, S("set-cookie")))
			check_cookie(v->a, got->headers.items[i].value);
}

static void ask(struct visit *v, const struct route *route)
{
	struct response got;

	if (route->method != METHOD_GET)
		return;
	got = site_request(v->product->site, "GET", visit_path(v, route), visit_headers(v, route),
			   S(""));
	check(v, &got);
}

/* Sends a form that is taken. */
static void begin(struct visit *v, const char *path, struct str link, const char *form)
{
	struct response got = site_post(v->product->site,
					str_fmt(v->a, "%s%.*s", path, STR_ARG(link)).data, form);

	assert_status(&got, 303);
	check(v, &got);
}

static void the_page_lists_every_cookie_and_how_long_it_lasts(void **state)
{
	struct visit *v = *state;
	struct response got = site_get(v->product->site, "/privacy?lang=en");

	look.page = got.body;
	check(v, &got);
	begin(v, "/r/", v->public, "name=Ada");
	begin(v, "/w/", v->code, "name=Ada");
	begin(v, "/reset/", v->reset, "password=" PASSWORD);
	begin(v, "/sign-in", S(""),
	      str_fmt(v->a, "email=%.*s&password=" PASSWORD, STR_ARG(v->owner.email)).data);
	visit_each_route(v, ask);
	for (size_t i = 0; i < NAMES; i++) {
		if (!look.is_seen[i])
			print_error("# nothing sets %s\n", names[i]);
		assert_true(look.is_seen[i]);
	}
}

TEST_MAIN(visit_test(the_page_lists_every_cookie_and_how_long_it_lasts))
